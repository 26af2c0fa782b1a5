import { call, listen } from './dom.js'

/** Given to the surface that covers the page: no other dialog tries to stay above it. */
export const coverClass = 'session-security-cover'

/**
 * The top layer is a stack by time of opening: what opens later lies above. Calls back after a
 * dialog, a popover or something in fullscreen has entered it above `own`. Events of what opens
 * within a shadow root do not leave it.
 *
 * @returns the way to stop
 */
export function watchTopLayer(own: HTMLDialogElement, onOpened: () => void): () => void {
  const of = own.ownerDocument

  function isRival(target: EventTarget | null): target is Element {
    return target instanceof Element && target !== own && !call(target, 'matches', `.${coverClass}`)
  }
  function onToggle(event: Event): void {
    if ((event as ToggleEvent).newState === 'open' && isRival(event.target)) onOpened()
  }

  // Sooner than `toggle`, which is a task of its own, and which dialogs do not have everywhere.
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

/** The top layer is a stack by time of opening: closing and opening again puts it on top. */
export function openOnTop(dialog: HTMLDialogElement): void {
  if (typeof dialog.showModal !== 'function') {
    // Not every test environment has modal dialogs.
    dialog.setAttribute('open', '')
    return
  }
  // Also where it is not open: `open` outlives being taken out of the document, the top layer does not.
  dialog.close()
  dialog.showModal()
}
