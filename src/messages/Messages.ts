import type { Reason } from '../core/session.js'

type ExpiredKey = `expired.${Reason | 'pleaseSignIn'}.${'title' | 'text'}`

type MessageKey =
  | 'warning.title'
  | 'warning.text'
  | 'warning.countdown'
  | 'warning.now'
  | 'warning.stay'
  | 'warning.signOut'
  | 'warning.pending'
  | 'warning.failed'
  | 'warning.stayed'
  | 'absolute.title'
  | 'absolute.text'
  | 'absolute.countdown'
  | 'absolute.dismiss'
  | 'expired.signInAgain'
  | 'expired.signIn'
  | 'expired.unconfirmed'
  | ExpiredKey

/** Durations for a language of which browsers know nothing; the key is a number or `other`. */
type RelativeForms = { readonly other: string } & { readonly [count: `${number}`]: string }

/**
 * Every text of the built-in parts in one language: whole sentences, nothing is put together.
 * `{time}` stands for a phrase such as "in 2 minutes", in the language's own grammar.
 */
export interface Messages extends Readonly<Record<MessageKey, string>> {
  /** The texts' language, as a BCP 47 tag. */
  readonly language: string
  /** "In 2 minutes", where `Intl.RelativeTimeFormat` lacks the language; `{n}` is the number. */
  readonly relativeTime?: { readonly minute: RelativeForms; readonly second: RelativeForms }
}
