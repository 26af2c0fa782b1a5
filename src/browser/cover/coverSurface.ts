import { oncePerFrame } from '../document/beforeNextFrame.js'
import { call, createElement, listen, read, rootOf } from '../document/dom.js'
import { coverClass, openOnTop, watchTopLayer } from '../document/topLayer.js'

/** The dialog in front of the content: opaque, modal, without buttons. */
export function createSurface(label: string, of: Document): HTMLDialogElement {
  const surface = createElement('dialog', of)
  surface.className = coverClass
  surface.setAttribute('aria-label', label)
  surface.setAttribute('closedby', 'none')
  const message = createElement('p', of)
  message.setAttribute('role', 'status')
  message.textContent = label
  surface.append(message)
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
    opacity: '1',
    outline: '0',
    transition: 'none',
    animation: 'none',
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

/** Keeps the surface in front of everything. Returns a function that removes it. */
export function putOnTop(surface: HTMLDialogElement): () => void {
  const of = surface.ownerDocument
  // At most once per frame, so that an app which reopens its own dialog each time cannot keep the page busy.
  const raise = oncePerFrame(() => {
    if (!surface.isConnected) rootOf(of).append(surface)
    openOnTop(surface)
  }, of)

  function onOpened(): void {
    leaveFullscreen(of)
    raise.ask()
  }
  function onClose(): void {
    if (!surface.open) raise.ask()
  }

  rootOf(of).append(surface)
  openOnTop(surface)
  leaveFullscreen(of)
  const stops = [
    // Escape would close it. (Pressed twice, it does in some browsers.)
    listen(surface, 'cancel', (event) => event.preventDefault()),
    listen(surface, 'close', onClose),
    watchTopLayer(surface, onOpened),
  ]
  return () => {
    for (const stop of stops) stop()
    raise.stop()
    surface.remove()
  }
}

/** Ends what shows content outside the page: fullscreen, picture-in-picture, a view transition. */
function leaveFullscreen(of: Document): void {
  if (read(of, 'fullscreenElement')) void call(of, 'exitFullscreen').catch(() => {})
  if (read(of, 'pictureInPictureElement')) void call(of, 'exitPictureInPicture').catch(() => {})
  read(of, 'activeViewTransition')?.skipTransition()
}
