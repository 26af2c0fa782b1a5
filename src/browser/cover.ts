import { beforeNextFrame } from './beforeNextFrame.js'

const attribute = 'data-session-covered'

/**
 * Hides all of the page at once, without taking anything apart: it can all come back.
 *
 * Three layers, because each alone has a gap. A modal surface in the top layer hides and makes
 * inert also what is in the top layer itself; `inert` keeps out focus and screen readers; the
 * style hides from print, and whatever opens later. No style attribute and no `<style>` element
 * is written, so a strict Content-Security-Policy has nothing to object to.
 *
 * What only eyes can see is changed right before they could: at an end React takes the content away
 * within the same frame, and drawing a surface for nothing would cost ten tabs a tenth of a second.
 */
export function createCover(label: string): (covered: boolean) => void {
  let lift: (() => void) | null = null
  return (covered) => {
    if (covered && !lift) lift = cover(label)
    if (!covered && lift) {
      lift()
      lift = null
    }
  }
}

function cover(label: string): () => void {
  const root = document.documentElement
  const { body } = document
  const focused = document.activeElement
  const wasInert = body.hasAttribute('inert')
  const restoreOpacity = makeTransparent(body)
  let removeSurface = () => {}
  let restoreTitle = () => {}
  let removeSheet = () => {}

  root.setAttribute(attribute, '')
  body.toggleAttribute('inert', true)
  const stopWaiting = beforeNextFrame(() => {
    removeSheet = adoptSheet()
    removeSurface = putOnTop(createSurface(label))
    restoreTitle = replaceTitle(label)
  })

  return () => {
    stopWaiting()
    removeSurface()
    body.toggleAttribute('inert', wasInert)
    root.removeAttribute(attribute)
    removeSheet()
    restoreOpacity()
    restoreTitle()
    // The modal surface gives focus back only when it is closed in order; it is simply gone.
    if (focused instanceof HTMLElement && focused.isConnected)
      focused.focus({ preventScroll: true })
  }
}

function createSurface(label: string): HTMLDialogElement {
  const surface = document.createElement('dialog')
  surface.className = 'session-security-cover'
  surface.setAttribute('aria-label', label)
  surface.setAttribute('closedby', 'none')
  const message = document.createElement('p')
  message.setAttribute('role', 'status')
  message.textContent = label
  surface.append(message)
  // Escape would close it.
  surface.addEventListener('cancel', (event) => event.preventDefault())
  surface.addEventListener('close', () => surface.isConnected && showOnTop(surface))
  const { style } = surface
  const declarations = {
    position: 'fixed',
    inset: '0',
    width: '100vw',
    height: '100vh',
    'max-width': 'none',
    'max-height': 'none',
    margin: '0',
    padding: '1.5rem',
    border: '0',
    display: 'grid',
    'place-items': 'center',
    'box-sizing': 'border-box',
    visibility: 'visible',
    background: 'var(--session-security-cover-background, Canvas)',
    color: 'var(--session-security-cover-text, CanvasText)',
    'color-scheme': 'light dark',
    font: '1rem/1.5 system-ui, sans-serif',
    'z-index': '2147483647',
  }
  for (const [property, value] of Object.entries(declarations)) {
    style.setProperty(property, value, 'important')
  }
  return surface
}

function putOnTop(surface: HTMLDialogElement): () => void {
  document.documentElement.append(surface)
  showOnTop(surface)
  const stopWatching = stayOnTop(surface)
  return () => {
    stopWatching()
    surface.remove()
  }
}

function showOnTop(surface: HTMLDialogElement): void {
  // Not every test environment has modal dialogs; the fixed, opaque surface is there all the same.
  if (typeof surface.showModal !== 'function') return surface.setAttribute('open', '')
  if (!surface.open) surface.showModal()
}

/** Whatever enters the top layer later lies above: the surface goes in once more. */
function stayOnTop(surface: HTMLDialogElement): () => void {
  function onToggle(event: Event): void {
    if (event.target === surface || (event as ToggleEvent).newState !== 'open') return
    surface.remove()
    document.documentElement.append(surface)
    showOnTop(surface)
  }
  function onFullscreen(): void {
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => {})
  }
  if (document.fullscreenElement) onFullscreen()
  addEventListener('toggle', onToggle, true)
  addEventListener('fullscreenchange', onFullscreen, true)
  return () => {
    removeEventListener('toggle', onToggle, true)
    removeEventListener('fullscreenchange', onFullscreen, true)
  }
}

/** Nothing in the body is painted, save what leaves it for the top layer. */
function makeTransparent(body: HTMLElement): () => void {
  const { style } = body
  const previous = {
    value: style.getPropertyValue('opacity'),
    priority: style.getPropertyPriority('opacity'),
  }
  style.setProperty('opacity', '0', 'important')
  return () => {
    if (previous.value) style.setProperty('opacity', previous.value, previous.priority)
    else style.removeProperty('opacity')
    if (body.getAttribute('style') === '') body.removeAttribute('style')
  }
}

/** Hides the body and everything in it, also from print, and what is added meanwhile. */
function adoptSheet(): () => void {
  if (!('adoptedStyleSheets' in document)) return () => {}
  const sheet = new CSSStyleSheet()
  // Dialogs and popovers leave their ancestors' opacity behind when they enter the top layer.
  sheet.replaceSync(`
    [${attribute}] body, [${attribute}] body * { visibility: hidden !important; }
    [${attribute}] body :is(dialog, [popover]) { opacity: 0 !important; }
    [${attribute}] body ::backdrop { display: none !important; }
  `)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet)
  }
}

/** The title may name a patient. What the app sets meanwhile is kept, and shown afterwards. */
function replaceTitle(neutral: string): () => void {
  let hidden = document.title
  const observer = new MutationObserver(neutralize)
  function neutralize(): void {
    if (document.title === neutral) return
    hidden = document.title
    document.title = neutral
  }
  document.title = neutral
  observer.observe(document.head, { subtree: true, childList: true, characterData: true })
  return () => {
    observer.disconnect()
    if (document.title === neutral) document.title = hidden
  }
}
