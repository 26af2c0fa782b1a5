import type { EndsBy, ExtendResult, Extension, Reason } from '../../core/session.js'

/** All that the built-in warning uses, for one's own in `renderWarning`. */
export interface WarningRenderProps {
  /** Whole seconds to the end: the same number in every tab, 0 at the end and never below. */
  readonly secondsLeft: number
  /** Which limit ends the session: idleness, or its age, which nothing moves. */
  readonly endsBy: EndsBy
  /** Staying helps. Where it is `false`, offer `dismiss` in place of `extend`. */
  readonly extendable: boolean
  /** Where the wish to stay stands: nothing asked, waiting for the server, or no answer yet. */
  readonly extension: Extension
  /** "Stay signed in": asks the server; the warning closes when the server has confirmed. */
  extend(): Promise<ExtendResult>
  /** Ends the session here, on the server and in every tab. */
  signOut(): Promise<void>
  /** The warning was put aside: show the time without standing in the way. */
  readonly dismissed: boolean
  /** Puts the warning aside until the end; meant for a session that can't be extended. */
  dismiss(): void
  /**
   * What a screen reader should be told now. Empty on opening, so put it in a live region that
   * stands inside the dialog from the start (`aria-live`, `aria-atomic`), apart from a countdown
   * that changes each second.
   */
  readonly announcement: string
  /** For the heading that names the dialog (`aria-labelledby`). */
  readonly titleId: string
  /** For the sentence that describes it (`aria-describedby`): a static one, not the countdown. */
  readonly descriptionId: string
}

/** All that the built-in expired screen uses, for one's own in `renderExpired`. */
export interface ExpiredRenderProps {
  /** Why the session is over. */
  readonly reason: Reason
  /** `false` where nobody was signed in in this document: say "please sign in", nothing more. */
  readonly wasActive: boolean
  /** `false` while the server has not confirmed a sign-out: say so, and that it is tried again. */
  readonly signOutConfirmed: boolean
  /**
   * What was there is kept (`expiredAction: 'lock'`), and comes back as it was when the same person
   * signs in again. `false` once it is gone.
   */
  readonly kept: boolean
  /** Goes to the sign-in page, or loads the page anew where the provider was given none. */
  signIn(): void
  /**
   * For a sign-in form of one's own in this place: call it when somebody has signed in. The server
   * is asked who it is; the same person goes on, for another one the document is loaded anew.
   * Resolves when the server has answered or failed, and never rejects.
   */
  signedIn(): Promise<void>
  /** For the heading, which should take the focus. */
  readonly titleId: string
  readonly descriptionId: string
}
