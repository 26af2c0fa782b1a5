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

/** Forms by number, or `other`; `{n}` is the number. */
export interface CountedForms {
  readonly [count: number]: string
  readonly other: string
}

/**
 * Every text of the built-in parts in one language: whole sentences, nothing is put together.
 * `{time}` stands for a phrase such as "in 2 minutes", `{duration}` for one such as "15 minutes",
 * both in the language's own grammar.
 */
export interface Messages extends Readonly<Record<MessageKey, string>> {
  /** The texts' language, as a BCP 47 tag. */
  readonly language: string
  /** "In 2 minutes", for a language of which not every browser's `Intl` knows. */
  readonly relativeTime?: Readonly<Record<'minute' | 'second', CountedForms>>
  /** "2 minutes", likewise. */
  readonly duration?: Readonly<Record<'hour' | 'minute', CountedForms>>
}
