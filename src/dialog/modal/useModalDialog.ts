'use client'
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useRef } from 'react'
import { call, focusOn, listen, queryAll, read } from '../../browser/document/dom.js'
import { useSession } from '../../react/session/SessionContext.js'
import { rememberFocus } from './rememberFocus.js'
import { stayOnTop } from './stayOnTop.js'
import { whenUncovered } from './whenUncovered.js'

interface ModalDialogOptions {
  /** Enter and Space press nothing at first, because the user may be typing. */
  readonly keysHeldBack: boolean
  readonly onEscape: () => void
}

/** How long (ms) Enter and Space are ignored. */
const heldBackMs = 1_000

/** Makes a native `<dialog>` modal: on top, with the focus in it and back afterwards, and its own keys. */
export function useModalDialog(options: ModalDialogOptions) {
  const session = useSession()
  const latest = useRef(options)
  const dialog = useRef<HTMLDialogElement | null>(null)
  const close = useRef(() => {})
  const wayBack = useRef(() => {})
  const openedAt = useRef(0)
  useEffect(() => {
    latest.current = options
  })

  const ref = useCallback((element: HTMLDialogElement | null) => {
    close.current()
    close.current = () => {}
    dialog.current = element
    if (!element) return
    openedAt.current = performance.now()
    const stop = stayOnTop(element, () => {
      wayBack.current = rememberFocus()
    })
    // On the window, so that a dialog of the app beneath does not close by the same key.
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return
      event.preventDefault()
      event.stopPropagation()
      if (!event.repeat) latest.current.onEscape()
    }
    const stopKeys = listen(window, 'keydown', onKeyDown, { capture: true })
    // A dialog of the app beneath would take it for a click outside, and close.
    element.addEventListener('pointerdown', (event) => event.stopPropagation())
    close.current = () => {
      stop()
      stopKeys()
    }
  }, [])

  return {
    onCloseAutoFocus(event: Event) {
      event.preventDefault()
      // Strict Mode unmounts once although the dialog stays open.
      if (!dialog.current) whenUncovered(session, wayBack.current)
    },
    attributes: {
      ref,
      onKeyDown(event: KeyboardEvent<HTMLDialogElement>) {
        if (isPressing(event) && (event.repeat || isHeldBack(event))) event.preventDefault()
        if (event.key === 'Tab' && event.shiftKey && event.target === event.currentTarget) {
          event.preventDefault()
          focusOn(lastTabbable(event.currentTarget))
        }
      },
      onKeyUp(event: KeyboardEvent<HTMLDialogElement>) {
        if (isPressing(event) && isHeldBack(event)) event.preventDefault()
      },
      onMouseDown(event: MouseEvent<HTMLDialogElement>) {
        // A click on the backdrop would take the focus away from the buttons.
        if (event.target === event.currentTarget) event.preventDefault()
      },
    },
  }

  function isHeldBack(event: KeyboardEvent): boolean {
    return options.keysHeldBack && event.timeStamp - openedAt.current < heldBackMs
  }
}

function isPressing({ key }: KeyboardEvent): boolean {
  return key === 'Enter' || key === ' '
}

function lastTabbable(within: HTMLElement): HTMLElement | undefined {
  return queryAll<HTMLElement>('*', within).findLast(
    (element) => read(element, 'tabIndex') >= 0 && !call(element, 'matches', ':disabled'),
  )
}
