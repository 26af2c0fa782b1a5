import { bodyOf, call, read, rootOf, write } from '../document/dom.js'

const attribute = 'data-session-covered'

interface HiddenContent {
  /** Makes the changes that force layout. Call it before the next frame is painted. */
  finish(): void
  restore(): void
}

/**
 * Hides everything in the document except `isOurs`, at once and without forcing layout. All of it can
 * come back unchanged: nothing is removed, unloaded or scrolled.
 */
export function hideContent(of: Document, isOurs: (element: Element) => boolean): HiddenContent {
  const root = rootOf(of)
  const hidden = new Map<Element, () => void>()
  let removeSheet = () => {}
  let releaseSize = () => {}

  function hideChildren(): void {
    for (const child of [...root.children]) {
      if (isOurs(child) || child === read(of, 'head') || hidden.has(child)) continue
      hidden.set(child, child === bodyOf(of) ? hideBody(child) : hideBeside(child))
    }
  }

  // Some frameworks replace the body; others put their dialogs beside it.
  const added = new MutationObserver(hideChildren)
  added.observe(root, { childList: true })
  root.setAttribute(attribute, '')
  hideChildren()

  return {
    finish: () => {
      releaseSize = keepSize(of)
      removeSheet = adoptSheet(of)
    },
    restore: () => {
      added.disconnect()
      for (const show of hidden.values()) show()
      root.removeAttribute(attribute)
      removeSheet()
      releaseSize()
    },
  }
}

function hideBody(body: Element): () => void {
  const wasInert = call(body, 'hasAttribute', 'inert')
  const restoreStyle = overrideStyle(body, { opacity: '0' })
  call(body, 'toggleAttribute', 'inert', true)
  return () => {
    restoreStyle()
    call(body, 'toggleAttribute', 'inert', wasInert)
  }
}

function hideBeside(element: Element): () => void {
  return overrideStyle(element, { display: 'none' })
}

/** Skipped content has no size. Keep the page's size, or it would lose its scroll position. */
function keepSize(of: Document): () => void {
  const body = bodyOf(of)
  const root = rootOf(of)
  if (!body) return () => {}
  const sizes: Record<string, string> = {}
  if (root.scrollHeight > root.clientHeight) sizes['min-height'] = `${root.scrollHeight}px`
  if (root.scrollWidth > root.clientWidth) sizes['min-width'] = `${root.scrollWidth}px`
  const { scrollLeft, scrollTop } = body
  const restoreStyle = overrideStyle(body, sizes)
  return () => {
    restoreStyle()
    if (scrollLeft || scrollTop) body.scrollTo({ left: scrollLeft, top: scrollTop })
  }
}

/** Sets styles that no style sheet can override. Returns a function that restores the previous ones. */
function overrideStyle(element: Element, declarations: Record<string, string>): () => void {
  if (!('style' in element)) return () => {}
  const style = read(element as HTMLElement, 'style')
  const previous = Object.keys(declarations).map((property) => ({
    property,
    value: style.getPropertyValue(property),
    priority: style.getPropertyPriority(property),
  }))
  for (const [property, value] of Object.entries(declarations)) {
    style.setProperty(property, value, 'important')
  }
  return () => {
    for (const { property, value, priority } of previous) {
      style.removeProperty(property)
      if (value) style.setProperty(property, value, priority)
    }
    if (call(element, 'getAttribute', 'style') === '') call(element, 'removeAttribute', 'style')
  }
}

/** Hides on screen, in print, and whatever is added meanwhile. */
function adoptSheet(of: Document): () => void {
  const view = read(of, 'defaultView')
  if (!view || !read(of, 'adoptedStyleSheets')) return () => {}
  // A document accepts only style sheets that were created in its own window.
  const sheet = new view.CSSStyleSheet()
  // Browsers with `content-visibility` also skip elements of the content that are in the top layer, even
  // in shadow roots. The other rules are for browsers without it: there, dialogs and popovers do not
  // inherit their ancestors' opacity.
  sheet.replaceSync(`
    [${attribute}] body { content-visibility: hidden !important; transition: none !important; }
    [${attribute}] body, [${attribute}] body * { visibility: hidden !important; }
    [${attribute}] body :is(dialog, [popover]) { opacity: 0 !important; transition: none !important; }
    [${attribute}] body ::backdrop { display: none !important; }
    [${attribute}]::view-transition { display: none !important; }
    @media print { [${attribute}] body { display: none !important; } }
  `)
  write(of, 'adoptedStyleSheets', [...read(of, 'adoptedStyleSheets'), sheet])
  return () => {
    const others = [...read(of, 'adoptedStyleSheets')].filter((each) => each !== sheet)
    write(of, 'adoptedStyleSheets', others)
  }
}
