import {
  bodyOf,
  call,
  contains,
  focusOn,
  listen,
  queryAll,
  read,
  rootOf,
} from '../../browser/document/dom.js'

/**
 * Remembers which element has the focus, with its caret or selection. Returns a function that restores
 * both, unless something else has the focus by then.
 */
export function rememberFocus(): () => void {
  const place = focusedPlace(document)
  return () => {
    const here = read(document, 'activeElement')
    if (here && here !== bodyOf()) return
    if (place && isReachable(place.element)) place.restore()
    else focusMain()
  }
}

interface Place {
  readonly element: Element
  restore(): void
}

function focusedPlace(within: Document): Place | null {
  const element = read(within, 'activeElement')
  const view = read(within, 'defaultView')
  if (!element || !view || element === rootOf(within)) return null
  const inner = documentOf(element)
  const place = inner && focusedPlace(inner)
  if (place) return place
  if (isPlainBody(element, within)) return null
  const selection = view.getSelection()
  const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0).cloneRange() : null
  return {
    element,
    restore() {
      focusOn(element)
      // Form fields keep their caret. Rich text editors would start at their first character.
      if (range && contains(element, range.startContainer)) {
        selection?.removeAllRanges()
        selection?.addRange(range)
      }
    },
  }
}

/** The document in a frame of this origin. Compares the tag name: in another window the class differs. */
function documentOf(element: Element): Document | null {
  if (read(element, 'tagName') !== 'IFRAME') return null
  return (element as HTMLIFrameElement).contentDocument
}

/** A body can only be focused if it is edited, as in rich text editors. */
function isPlainBody(element: Element, of: Document): boolean {
  const body = bodyOf(of)
  return element === body && !body.isContentEditable && read(of, 'designMode') !== 'on'
}

function isReachable(element: Element): boolean {
  if (!read(element, 'isConnected') || call(element, 'closest', '[inert]')) return false
  return !call(element, 'matches', ':disabled')
}

/** If the element is gone, the start of the content is a better place than the top of the page. */
function focusMain(): void {
  const [main] = queryAll('main, [role="main"], h1')
  if (!main) return
  if (!call(main, 'hasAttribute', 'tabindex')) {
    call(main, 'setAttribute', 'tabindex', '-1')
    const leave = () => call(main, 'removeAttribute', 'tabindex')
    listen(main, 'blur', leave, { once: true })
  }
  focusOn(main)
}
