import type { EndsBy, ExtendResult, Extension, Reason } from '../../core/session.js'

/** What `renderWarning` gets: everything that the built-in warning uses. */
export interface WarningRenderProps {
  /** Whole seconds until the end. The same number in every tab; 0 at the end, never less. */
  readonly secondsLeft: number
  /** Which limit ends the session: idle time, or its age, which no activity changes. */
  readonly endsBy: EndsBy
  /** `true` if extending moves the end. If it is `false`, offer `dismiss` instead of `extend`. */
  readonly extendable: boolean
  /** The last `extend`: not called (`idle`), waiting for the server (`pending`), or without an answer (`failed`). */
  readonly extension: Extension
  /** "Stay signed in". Asks the server; the warning closes once the server confirms. */
  extend(): Promise<ExtendResult>
  /** Ends the session in every tab and on the server. */
  signOut(): Promise<void>
  /** The user closed the warning: show the remaining time without blocking the page. */
  readonly dismissed: boolean
  /** Closes the warning until the end. Meant for a session that can't be extended. */
  dismiss(): void
  /**
   * What a screen reader should say now; empty when the warning opens. Put it in a live region
   * (`aria-live`, `aria-atomic`) that is in the dialog from the start, apart from a countdown that
   * changes every second.
   */
  readonly announcement: string
  /** The `id` for the heading that names the dialog (`aria-labelledby`). */
  readonly titleId: string
  /** The `id` for the sentence that describes it (`aria-describedby`). Use a static sentence, not the countdown. */
  readonly descriptionId: string
}

/** What `renderExpired` gets: everything that the built-in expired screen uses. */
export interface ExpiredRenderProps {
  /** Why the session is over. */
  readonly reason: Reason
  /** `false` if nobody was signed in on this page: say "Please sign in", and nothing about an end. */
  readonly wasActive: boolean
  /** `false` while the server has not confirmed a sign-out. Say so, and that it is being retried. */
  readonly signOutConfirmed: boolean
  /**
   * `true` while the content is kept (`expiredAction: 'lock'`): it comes back unchanged if the same
   * person signs in again.
   */
  readonly kept: boolean
  /** Goes to the provider's `signIn` address, or reloads the page if it has none. */
  signIn(): void
  /**
   * Call it after a sign-in through your own form on this screen. It asks the server who is signed
   * in. The same person continues; for another person the document reloads. Resolves when the
   * server has answered or failed, and never rejects.
   */
  signedIn(): Promise<void>
  /** The `id` for the heading, which should take the focus. */
  readonly titleId: string
  readonly descriptionId: string
}
