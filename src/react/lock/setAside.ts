import { call, focusOn, queryAll, read } from '../../browser/document/dom.js'

/** Where somebody was on the page. */
export interface Place {
  scroll: readonly [x: number, y: number]
  /** What had the focus, newest first: perhaps something of the warning in between. */
  focused: readonly HTMLElement[]
}

export interface PutAside {
  /** The tree is shown again. */
  bringBack(): void
  /** Before that, or when the tree is gone. */
  forget(): void
}

/**
 * What a hidden tree does not keep by itself: focus, the page's scroll position, and its modal
 * dialogs, which leave the rest of the page inert even while nobody sees them.
 */
export function setAside({ scroll, focused }: Place): PutAside {
  const field = focused.find(isHidden)
  const dialogs = queryAll<HTMLDialogElement>('dialog[open]').filter(
    (dialog) => isHidden(dialog) && dialog.matches(':modal'),
  )
  const speak = silence(dialogs)
  for (const dialog of dialogs) dialog.close()
  return {
    bringBack: () => {
      for (const dialog of dialogs) if (dialog.isConnected && !dialog.open) dialog.showModal()
      scrollTo(...scroll)
      focusOn(field)
    },
    forget: speak,
  }
}

/** To the app its dialogs are open all the time. */
function silence(dialogs: readonly Element[]): () => void {
  const keep = (event: Event) => {
    if (dialogs.some((dialog) => dialog === event.target)) event.stopImmediatePropagation()
  }
  const types = ['close', 'beforetoggle', 'toggle']
  for (const type of types) addEventListener(type, keep, true)
  return () => {
    for (const type of types) removeEventListener(type, keep, true)
  }
}

function isHidden(element: Element): boolean {
  return read(element, 'isConnected') && call(element, 'getClientRects').length === 0
}
