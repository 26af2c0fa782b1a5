'use client'
import type { ComponentPropsWithoutRef, MouseEvent } from 'react'
import { useLanguage } from './LanguageProvider.js'
import { useTicking, useWarning } from './WarningContext.js'

type ButtonProps = ComponentPropsWithoutRef<'button'>

export interface WarningTitleProps extends ComponentPropsWithoutRef<'h2'> {
  /**
   * Level of the heading in your page's outline.
   * @default 2
   */
  level?: 1 | 2 | 3 | 4 | 5 | 6
}

/** The heading that names the dialog. */
export function WarningTitle({ level = 2, ...attributes }: WarningTitleProps) {
  const { titleId, extendable } = useWarning()
  const { messages } = useLanguage()
  const Heading = `h${level}` as const
  return (
    <Heading id={titleId} {...withClass('title', attributes)}>
      {attributes.children ?? messages[extendable ? 'warning.title' : 'absolute.title']}
    </Heading>
  )
}

/** The sentence on the consequence. It never changes, because it describes the dialog. */
export function WarningDescription(attributes: ComponentPropsWithoutRef<'p'>) {
  const { descriptionId, extendable } = useWarning()
  const { messages } = useLanguage()
  return (
    <p id={descriptionId} {...withClass('description', attributes)}>
      {attributes.children ?? messages[extendable ? 'warning.text' : 'absolute.text']}
    </p>
  )
}

/** The time left, for the eyes: read out by the live region of the root, not from here. */
export function WarningCountdown(attributes: ComponentPropsWithoutRef<'p'>) {
  const { secondsLeft } = useTicking()
  const { extendable } = useWarning()
  const { withTime } = useLanguage()
  return (
    <p role="timer" {...withClass('countdown', attributes)}>
      {attributes.children ??
        withTime(extendable ? 'warning.countdown' : 'absolute.countdown', secondsLeft)}
    </p>
  )
}

/** How staying goes, where it takes longer or failed; nothing otherwise. */
export function WarningProgress(attributes: ComponentPropsWithoutRef<'p'>) {
  const { extension } = useWarning()
  const { messages } = useLanguage()
  if (extension === 'idle') return null
  return (
    <p data-extension={extension} {...withClass('progress', attributes)}>
      {attributes.children ?? messages[`warning.${extension}`]}
    </p>
  )
}

/** "Stay signed in"; for a session that can't be extended, "Continue and save". */
export function WarningStay(attributes: ButtonProps) {
  const { extendable, extension, extend, dismiss } = useWarning()
  const { messages } = useLanguage()
  // Not `disabled`: a button that becomes so while it has the focus loses it.
  const pending = extension === 'pending'
  return (
    <button
      type="button"
      data-part="stay"
      aria-disabled={pending || undefined}
      {...withClass('button', attributes)}
      onClick={after(attributes.onClick, () => {
        if (!extendable) dismiss()
        else if (!pending) void extend()
      })}
    >
      {attributes.children ?? messages[extendable ? 'warning.stay' : 'absolute.dismiss']}
    </button>
  )
}

/** "Sign out", at once and everywhere. */
export function WarningSignOut(attributes: ButtonProps) {
  const { signOut } = useWarning()
  const { messages } = useLanguage()
  return (
    <button
      type="button"
      data-part="sign-out"
      {...withClass('button', attributes)}
      onClick={after(attributes.onClick, () => void signOut())}
    >
      {attributes.children ?? messages['warning.signOut']}
    </button>
  )
}

function withClass<Attributes extends { className?: string | undefined }>(
  part: string,
  attributes: Attributes,
): Attributes {
  return {
    ...attributes,
    className: `session-security-${part} ${attributes.className ?? ''}`.trim(),
  }
}

function after(own: ButtonProps['onClick'], ours: () => void): ButtonProps['onClick'] {
  return (event: MouseEvent<HTMLButtonElement>) => {
    own?.(event)
    if (!event.defaultPrevented) ours()
  }
}
