import { call, focusOn, queryAll, read } from '../../browser/document/dom.js'

/** Where the user was on the page. */
export interface Place {
  scroll: readonly [x: number, y: number]
  /** Elements that had the focus, newest first. The warning's buttons may be among them. */
  focused: readonly HTMLElement[]
}

export interface PutAside {
  /** Call when the tree is shown again. */
  bringBack(): void
  /** Call before `bringBack`, or when the tree has been unmounted. */
  forget(): void
}

/**
 * Remembers what a hidden tree does not keep: the focus, the page's scroll position, and its modal
 * dialogs. Those are closed meanwhile, because even a hidden modal dialog makes the page inert.
 */
export function setAside({ scroll, focused }: Place): PutAside {
  const field = focused.find(isHidden)
  const dialogs = queryAll<HTMLDialogElement>('dialog[open]').filter(
    (dialog) => isHidden(dialog) && dialog.matches(':modal'),
  )
  const unmute = muteEvents(dialogs)
  for (const dialog of dialogs) dialog.close()
  return {
    bringBack: () => {
      for (const dialog of dialogs) if (dialog.isConnected && !dialog.open) dialog.showModal()
      scrollTo(...scroll)
      focusOn(field)
    },
    forget: unmute,
  }
}

/** Hides the events of these dialogs, so that for the app they stay open. Returns the way to stop. */
function muteEvents(dialogs: readonly Element[]): () => void {
  const mute = (event: Event) => {
    if (dialogs.some((dialog) => dialog === event.target)) event.stopImmediatePropagation()
  }
  const types = ['close', 'beforetoggle', 'toggle']
  for (const type of types) addEventListener(type, mute, true)
  return () => {
    for (const type of types) removeEventListener(type, mute, true)
  }
}

function isHidden(element: Element): boolean {
  return read(element, 'isConnected') && call(element, 'getClientRects').length === 0
}
