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
  | 'expired.lost'
  | 'expired.kept'
  | 'expired.signInAgain'
  | 'expired.signIn'
  | 'expired.unconfirmed'
  | 'notice.idle'
  | 'notice.absolute'
  | 'notice.unreachable'
  | 'notice.refused'
  | ExpiredKey

/** The forms for single numbers, and `other` for all other numbers. `{n}` is the number. */
export interface CountedForms {
  readonly [count: number]: string
  readonly other: string
}

/**
 * All texts of the built-in parts in one language. Each is a whole sentence; none is assembled from
 * pieces. `{time}` is replaced by a phrase such as "in 2 minutes", `{duration}` by one such as
 * "15 minutes", both in the language's own grammar.
 */
export interface Messages extends Readonly<Record<MessageKey, string>> {
  /** The texts' language, as a BCP 47 tag. */
  readonly language: string
  /** Forms of "in 2 minutes", for a language that not every browser's `Intl` knows. */
  readonly relativeTime?: Readonly<Record<'minute' | 'second', CountedForms>>
  /** Forms of "2 minutes", for the same reason. */
  readonly duration?: Readonly<Record<'hour' | 'minute', CountedForms>>
}
