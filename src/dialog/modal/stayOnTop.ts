import { oncePerFrame } from '../../browser/document/beforeNextFrame.js'
import { call, contains, focusOn, listen, read } from '../../browser/document/dom.js'
import { openOnTop, watchTopLayer } from '../../browser/document/topLayer.js'
import { watchOcclusion } from './watchOcclusion.js'

/** Set by the `aria-hidden` package, which Radix and others use. */
const hiddenMark = 'data-aria-hidden'

/**
 * Opens a dialog modally and keeps it on top of what is opened after it: another modal dialog, a
 * popover, an element in fullscreen. The page beneath is inert, so nobody could have reached that
 * anyway.
 *
 * @param onCovering called before the dialog takes the focus from somewhere else
 * @returns the way to stop
 */
export function stayOnTop(dialog: HTMLDialogElement, onCovering: () => void): () => void {
  const raise = () => {
    const active = read(document, 'activeElement')
    const within = contains(dialog, active)
    if (!within) onCovering()
    open(dialog, within ? active : initialFocus(dialog))
  }
  // Opening lays out the page at once, so it waits for the frame that is painted anyway: ten tabs
  // that warn together would otherwise wait for each other. A hidden tab opens it when it is shown.
  // Strict Mode stops and begins again first.
  let stopped = false
  const begin = () => {
    if (!stopped) raise()
  }
  if ('showModal' in dialog) requestAnimationFrame(begin)
  else queueMicrotask(begin)

  // An app that opens its own again each time can't keep the page busy: once a frame.
  const again = oncePerFrame(begin)
  const stopWatching = watchTopLayer(dialog, again.ask)
  const stopLooking = watchOcclusion(dialog, again.ask)

  // A dialog library of the app, opened later, hides everything else and us with it. Some leave
  // out live regions and hide what is beside them instead, marking what they hid.
  const hidden = new MutationObserver((records) => {
    for (const { target } of records) {
      if (!(target instanceof Element)) continue
      if (target === dialog || call(target, 'hasAttribute', hiddenMark)) {
        call(target, 'removeAttribute', 'aria-hidden')
      }
    }
  })
  hidden.observe(dialog, { subtree: true, attributeFilter: ['aria-hidden'] })

  // Browsers without `closedby` close it by themselves when Escape is pressed again and again.
  const stopClose = listen(dialog, 'close', () => {
    if (!dialog.open) raise()
  })
  return () => {
    stopped = true
    again.stop()
    stopWatching()
    stopLooking()
    hidden.disconnect()
    stopClose()
  }
}

function open(dialog: HTMLDialogElement, focus: Element | null): void {
  // It would focus the first button, scroll to it, and have a screen reader say so.
  const parts = [...dialog.children].filter((part) => !call(part, 'hasAttribute', 'inert'))
  for (const part of parts) call(part, 'toggleAttribute', 'inert', true)
  openOnTop(dialog)
  for (const part of parts) call(part, 'toggleAttribute', 'inert', false)
  if (focus !== read(document, 'activeElement')) focusOn(focus)
}

function initialFocus(dialog: HTMLDialogElement): Element {
  const stay = dialog.querySelector('[data-part="stay"]')
  return dialog.dataset.initialFocus === 'stay' && stay ? stay : dialog
}
