/**
 * Notes where the focus is, caret and selection included, and returns the way back there.
 * The way back does nothing where something else has taken the focus meanwhile.
 */
export function rememberFocus(): () => void {
  const place = focusedPlace(document)
  return () => {
    const here = document.activeElement
    if (here && here !== document.body) return
    if (place && isReachable(place.element)) place.restore()
    else focusMain()
  }
}

interface Place {
  readonly element: HTMLElement
  restore(): void
}

function focusedPlace(within: Document): Place | null {
  const element = within.activeElement
  const view = within.defaultView
  if (!element || !view || element === within.documentElement) return null
  if (element.tagName === 'IFRAME') {
    const inner = (element as HTMLIFrameElement).contentDocument
    const place = inner && focusedPlace(inner)
    if (place) return place
  }
  // A body is focusable only where it is edited, as in rich text editors.
  if (element === within.body && !within.body.isContentEditable && within.designMode !== 'on') {
    return null
  }
  const selection = view.getSelection()
  const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0).cloneRange() : null
  return {
    element: element as HTMLElement,
    restore() {
      ;(element as HTMLElement).focus({ preventScroll: true })
      // Fields keep their caret by themselves; editors begin at their first character again.
      if (range && element.contains(range.startContainer)) {
        selection?.removeAllRanges()
        selection?.addRange(range)
      }
    },
  }
}

function isReachable(element: HTMLElement): boolean {
  if (!element.isConnected || element.closest('[inert]')) return false
  return !('disabled' in element && element.disabled)
}

/** Where the place is gone, the start of the content serves better than the top of the page. */
function focusMain(): void {
  const main = document.querySelector<HTMLElement>('main, [role="main"], h1')
  if (!main) return
  if (!main.hasAttribute('tabindex')) {
    main.setAttribute('tabindex', '-1')
    main.addEventListener('blur', () => main.removeAttribute('tabindex'), { once: true })
  }
  main.focus({ preventScroll: true })
}
