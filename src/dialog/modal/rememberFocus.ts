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
 * Notes where the focus is, caret and selection included, and returns the way back there.
 * The way back does nothing where something else has taken the focus meanwhile.
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
  if (isBodyToRead(element, within)) return null
  const selection = view.getSelection()
  const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0).cloneRange() : null
  return {
    element,
    restore() {
      focusOn(element)
      // Fields keep their caret by themselves; editors begin at their first character again.
      if (range && contains(element, range.startContainer)) {
        selection?.removeAllRanges()
        selection?.addRange(range)
      }
    },
  }
}

/** What a frame of this origin shows. By its name: its class is another one in another window. */
function documentOf(element: Element): Document | null {
  if (read(element, 'tagName') !== 'IFRAME') return null
  return (element as HTMLIFrameElement).contentDocument
}

/** A body is focusable only where it is edited, as in rich text editors. */
function isBodyToRead(element: Element, of: Document): boolean {
  const body = bodyOf(of)
  return element === body && !body.isContentEditable && read(of, 'designMode') !== 'on'
}

function isReachable(element: Element): boolean {
  if (!read(element, 'isConnected') || call(element, 'closest', '[inert]')) return false
  return !call(element, 'matches', ':disabled')
}

/** Where the place is gone, the start of the content serves better than the top of the page. */
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
