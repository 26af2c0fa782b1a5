import { oncePerFrame } from '../../browser/document/beforeNextFrame.js'
import { call, contains, focusOn, listen, read } from '../../browser/document/dom.js'
import { openOnTop, watchTopLayer } from '../../browser/document/topLayer.js'
import { watchOcclusion } from './watchOcclusion.js'

/** Set by the `aria-hidden` package, which Radix and others use. */
const hiddenMark = 'data-aria-hidden'

/**
 * Opens a dialog modally and keeps it above everything that opens later: modal dialogs, popovers,
 * elements in fullscreen. The page beneath is inert, so users could not reach those anyway.
 *
 * @param onCovering called before the dialog takes the focus from another element
 * @returns stops
 */
export function stayOnTop(dialog: HTMLDialogElement, onCovering: () => void): () => void {
  const raise = () => {
    const active = read(document, 'activeElement')
    const within = contains(dialog, active)
    if (!within) onCovering()
    open(dialog, within ? active : initialFocus(dialog))
  }
  // showModal() forces layout, so call it in the next frame: otherwise ten tabs that warn at the same
  // moment would wait for each other. A hidden tab opens the dialog when it is shown. Strict Mode
  // stops and begins again before that.
  let stopped = false
  const begin = () => {
    if (!stopped) raise()
  }
  if ('showModal' in dialog) requestAnimationFrame(begin)
  else queueMicrotask(begin)

  // At most once per frame, so that an app which reopens its own dialog each time cannot keep the page busy.
  const raiseAgain = oncePerFrame(begin)
  const stopWatching = watchTopLayer(dialog, raiseAgain.ask)
  const stopLooking = watchOcclusion(dialog, raiseAgain.ask)

  // A dialog library of the app that opens later sets aria-hidden on everything else, this dialog
  // included. Some skip live regions, and mark the elements beside them that they hid.
  const hidden = new MutationObserver((records) => {
    for (const { target } of records) {
      if (!(target instanceof Element)) continue
      if (target === dialog || call(target, 'hasAttribute', hiddenMark)) {
        call(target, 'removeAttribute', 'aria-hidden')
      }
    }
  })
  hidden.observe(dialog, { subtree: true, attributeFilter: ['aria-hidden'] })

  // Browsers without `closedby` close the dialog when the user presses Escape repeatedly.
  const stopClose = listen(dialog, 'close', () => {
    if (!dialog.open) raise()
  })
  return () => {
    stopped = true
    raiseAgain.stop()
    stopWatching()
    stopLooking()
    hidden.disconnect()
    stopClose()
  }
}

function open(dialog: HTMLDialogElement, focus: Element | null): void {
  // Otherwise showModal() would focus the first button, scroll to it, and a screen reader would read it.
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
