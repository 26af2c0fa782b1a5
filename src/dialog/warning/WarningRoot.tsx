'use client'
import * as Dialog from '@radix-ui/react-dialog'
import type { ComponentPropsWithoutRef } from 'react'
import { useLanguage } from '../language/LanguageProvider.js'
import { BodyPortal } from '../modal/BodyPortal.js'
import { useModalDialog } from '../modal/useModalDialog.js'
import { WarningAnnouncer } from './WarningAnnouncer.js'
import { useWarning } from './WarningContext.js'

export interface WarningRootProps extends ComponentPropsWithoutRef<'dialog'> {
  /**
   * Where the focus starts. On `dialog`, a key that the user was just typing presses no button. On
   * `stay` (the stay button), Enter and Space are ignored for the first second.
   * @default 'dialog'
   */
  initialFocus?: 'dialog' | 'stay'
  /**
   * What Escape does: stay signed in (or dismiss the warning, if the session can't be extended),
   * nothing, or your own function. It should never close the dialog without extending.
   * @default 'stay'
   */
  onEscape?: 'stay' | 'ignore' | (() => void)
  /** @default 'alertdialog' */
  role?: 'alertdialog' | 'dialog'
}

/**
 * The dialog itself: modal, above everything, named by `Title`, described by `Description`, with the
 * live region inside. Its content may be your own.
 */
export function WarningRoot(props: WarningRootProps) {
  const { initialFocus = 'dialog', onEscape = 'stay', children, ...attributes } = props
  const warning = useWarning()
  const { messages, dir } = useLanguage()
  const modal = useModalDialog({
    keysHeldBack: initialFocus === 'stay',
    onEscape() {
      if (typeof onEscape === 'function') onEscape()
      else if (onEscape === 'ignore') return
      else if (warning.extendable) void warning.extend()
      else warning.dismiss()
    },
  })
  return (
    <Dialog.Root open={!warning.dismissed} modal={false}>
      <BodyPortal>
        <Dialog.Content
          asChild
          onEscapeKeyDown={preventDefault}
          onInteractOutside={preventDefault}
          onOpenAutoFocus={preventDefault}
          onCloseAutoFocus={modal.onCloseAutoFocus}
          aria-labelledby={warning.titleId}
          aria-describedby={warning.descriptionId}
        >
          <dialog
            role="alertdialog"
            aria-modal="true"
            lang={messages.language}
            dir={dir}
            closedby="none"
            data-initial-focus={initialFocus}
            data-ends-by={warning.endsBy}
            data-extension={warning.extension}
            {...attributes}
            {...modal.attributes}
            // A Radix dialog of the app that opens later sets `pointer-events: none` on everything else.
            style={{ ...attributes.style, pointerEvents: 'auto' }}
            className={`session-security-dialog ${attributes.className ?? ''}`.trim()}
          >
            {children}
            <WarningAnnouncer />
          </dialog>
        </Dialog.Content>
      </BodyPortal>
    </Dialog.Root>
  )
}

function preventDefault(event: Event): void {
  event.preventDefault()
}
