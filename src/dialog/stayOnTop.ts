/** Set by the `aria-hidden` package, which Radix and others use. */
const hiddenMark = 'data-aria-hidden'

/**
 * Opens a dialog modally and keeps it on top of what is opened after it: another modal dialog,
 * an element in fullscreen. The page beneath is inert, so nobody could have reached that anyway.
 *
 * @param onCovering called before the dialog takes the focus from somewhere else
 * @returns the way to stop
 */
export function stayOnTop(dialog: HTMLDialogElement, onCovering: () => void): () => void {
  const raise = () => {
    const within = dialog.contains(document.activeElement)
    if (!within) onCovering()
    open(dialog, within ? document.activeElement : initialFocus(dialog))
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

  const opened = new MutationObserver((records) => {
    if (records.some(({ target }) => target !== dialog && isModal(target))) raise()
  })
  opened.observe(document, { subtree: true, attributeFilter: ['open'] })

  // A dialog library of the app, opened later, hides everything else and us with it. Some leave
  // out live regions and hide what is beside them instead, marking what they hid.
  const hidden = new MutationObserver((records) => {
    for (const { target } of records) {
      if (target instanceof Element && (target === dialog || target.hasAttribute(hiddenMark))) {
        target.removeAttribute('aria-hidden')
      }
    }
  })
  hidden.observe(dialog, { subtree: true, attributeFilter: ['aria-hidden'] })

  const onClose = () => {
    // Browsers without `closedby` close it by themselves when Escape is pressed again and again.
    if (!dialog.open) raise()
  }
  dialog.addEventListener('close', onClose)
  document.addEventListener('fullscreenchange', raise)
  return () => {
    stopped = true
    opened.disconnect()
    hidden.disconnect()
    dialog.removeEventListener('close', onClose)
    document.removeEventListener('fullscreenchange', raise)
  }
}

/** The top layer is a stack by time of opening: closing and opening again puts it on top. */
function open(dialog: HTMLDialogElement, focus: Element | null): void {
  if (dialog.showModal) {
    dialog.close()
    // It would focus the first button, scroll to it, and have a screen reader say so.
    const parts = [...dialog.children].filter((part) => !part.hasAttribute('inert'))
    for (const part of parts) part.toggleAttribute('inert', true)
    dialog.showModal()
    for (const part of parts) part.toggleAttribute('inert', false)
  } else {
    dialog.open = true
  }
  if (focus instanceof HTMLElement && focus !== document.activeElement) {
    focus.focus({ preventScroll: true })
  }
}

function initialFocus(dialog: HTMLDialogElement): Element {
  const stay = dialog.querySelector('[data-part="stay"]')
  return dialog.dataset.initialFocus === 'stay' && stay ? stay : dialog
}

/** The cover is no rival: where the content is covered, the warning is about to go. */
function isModal(node: Node): boolean {
  return node instanceof HTMLElement && node.matches(':modal:not(.session-security-cover)')
}
