'use client'
import { Slot } from '@radix-ui/react-slot'
import {
  type ComponentPropsWithoutRef,
  cloneElement,
  isValidElement,
  type MouseEvent,
  type ReactNode,
} from 'react'
import { useLanguage } from '../language/LanguageProvider.js'
import { useTicking, useWarning } from './WarningContext.js'

interface AsChild {
  /**
   * Renders its only child, your own component, instead of the built-in element, with everything that
   * the part needs except its look. The child gets the built-in text unless it has its own.
   * @default false
   */
  asChild?: boolean
}

export interface WarningTitleProps extends ComponentPropsWithoutRef<'h2'>, AsChild {
  /**
   * Level of the heading in your page's outline.
   * @default 2
   */
  level?: 1 | 2 | 3 | 4 | 5 | 6
}

export interface WarningTextProps extends ComponentPropsWithoutRef<'p'>, AsChild {}
export interface WarningButtonProps extends ComponentPropsWithoutRef<'button'>, AsChild {}

/** The heading that names the dialog. */
export function WarningTitle({ level = 2, ...attributes }: WarningTitleProps) {
  const { titleId, extendable } = useWarning()
  const { messages } = useLanguage()
  const text = messages[extendable ? 'warning.title' : 'absolute.title']
  return <Part element={`h${level}`} look="title" text={text} id={titleId} {...attributes} />
}

/** Says what will happen. The text never changes, because it describes the dialog (`aria-describedby`). */
export function WarningDescription(attributes: WarningTextProps) {
  const { descriptionId, extendable } = useWarning()
  const { messages } = useLanguage()
  const text = messages[extendable ? 'warning.text' : 'absolute.text']
  return <Part element="p" look="description" text={text} id={descriptionId} {...attributes} />
}

/** Shows the remaining time. Screen readers get it from the live region of the root, not from here. */
export function WarningCountdown(attributes: WarningTextProps) {
  const { secondsLeft } = useTicking()
  const { extendable } = useWarning()
  const { withTime } = useLanguage()
  const text = withTime(extendable ? 'warning.countdown' : 'absolute.countdown', secondsLeft)
  return <Part element="p" look="countdown" text={text} role="timer" {...attributes} />
}

/** Says that extending takes longer, or failed; renders nothing otherwise. */
export function WarningProgress(attributes: WarningTextProps) {
  const { extension } = useWarning()
  const { messages } = useLanguage()
  if (extension === 'idle') return null
  const text = messages[`warning.${extension}`]
  return <Part element="p" look="progress" text={text} data-extension={extension} {...attributes} />
}

/** The button "Stay signed in"; for a session that can't be extended, "Continue and save". */
export function WarningStay({ onClick, ...attributes }: WarningButtonProps) {
  const { extendable, extension, extend, dismiss } = useWarning()
  const { messages } = useLanguage()
  // Not `disabled`: a focused button that becomes disabled loses the focus.
  const pending = extension === 'pending'
  return (
    <Part
      element="button"
      look="button"
      text={messages[extendable ? 'warning.stay' : 'absolute.dismiss']}
      type="button"
      data-part="stay"
      aria-disabled={pending || undefined}
      {...attributes}
      onClick={after(onClick, () => {
        if (!extendable) dismiss()
        else if (!pending) void extend()
      })}
    />
  )
}

/** The button "Sign out": ends the session in every tab and on the server. */
export function WarningSignOut({ onClick, ...attributes }: WarningButtonProps) {
  const { signOut } = useWarning()
  const { messages } = useLanguage()
  return (
    <Part
      element="button"
      look="button"
      text={messages['warning.signOut']}
      type="button"
      data-part="sign-out"
      {...attributes}
      onClick={after(onClick, () => void signOut())}
    />
  )
}

type Element = 'p' | 'button' | `h${NonNullable<WarningTitleProps['level']>}`

type PartProps<Name extends Element> = ComponentPropsWithoutRef<Name> &
  AsChild & { element: Name; look: string; text: string }

function Part<Name extends Element>(props: PartProps<Name>) {
  const { element, look, text, asChild, className = '', children, ...attributes } = props
  const Component = asChild ? Slot : (element as 'p')
  return (
    <Component
      {...(attributes as ComponentPropsWithoutRef<'p'>)}
      className={asChild ? className : `session-security-${look} ${className}`.trim()}
    >
      {asChild ? withText(children, text) : (children ?? text)}
    </Component>
  )
}

function withText(child: ReactNode, text: string): ReactNode {
  return isValidElement<{ children?: ReactNode }>(child)
    ? cloneElement(child, {}, child.props.children ?? text)
    : child
}

type OnClick = WarningButtonProps['onClick']

function after(own: OnClick, ours: () => void): OnClick {
  return (event: MouseEvent<HTMLButtonElement>) => {
    own?.(event)
    if (!event.defaultPrevented) ours()
  }
}
