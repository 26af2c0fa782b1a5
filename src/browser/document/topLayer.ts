import { call, listen } from './dom.js'

/** The class of the cover's surface. No other dialog of this library tries to stay above it. */
export const coverClass = 'session-security-cover'

/**
 * The top layer is a stack: what opens later is above. Calls back after a dialog, a popover or a
 * fullscreen element has entered it above `own`. (Events of what opens in a shadow root do not leave
 * that root.)
 *
 * @returns stops
 */
export function watchTopLayer(own: HTMLDialogElement, onOpened: () => void): () => void {
  const of = own.ownerDocument

  function isRival(target: EventTarget | null): target is Element {
    return target instanceof Element && target !== own && !call(target, 'matches', `.${coverClass}`)
  }
  function onToggle(event: Event): void {
    if ((event as ToggleEvent).newState === 'open' && isRival(event.target)) onOpened()
  }

  // Comes earlier than `toggle`, which is a separate task, and which dialogs do not fire in every browser.
  const opened = new MutationObserver((records) => {
    if (records.some(({ target }) => isRival(target) && call(target, 'matches', ':modal'))) {
      onOpened()
    }
  })
  opened.observe(of, { subtree: true, attributeFilter: ['open'] })
  const stopToggle = listen(of, 'toggle', onToggle, { capture: true })
  const stopFullscreen = listen(of, 'fullscreenchange', () => onOpened(), { capture: true })
  return () => {
    opened.disconnect()
    stopToggle()
    stopFullscreen()
  }
}

/** The top layer is a stack, so closing the dialog and opening it again puts it on top. */
export function openOnTop(dialog: HTMLDialogElement): void {
  if (typeof dialog.showModal !== 'function') {
    // Some test environments have no modal dialogs.
    dialog.setAttribute('open', '')
    return
  }
  // Even if it seems open: `open` survives the removal from the document, the place in the top layer does not.
  dialog.close()
  dialog.showModal()
}
