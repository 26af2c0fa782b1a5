import type { EndReason } from '../protocol/wire.js'

/**
 * What the page should show. Derived from facts, policy and the clock; never stored or sent.
 *
 * - `disabled`: nobody is signed in, or nothing was started
 * - `checking`: a doubt is being cleared up with the server
 * - `active`: all is well
 * - `warning`: the end is near
 * - `expired`: over; only a new sign-in leads out
 */
export type Status = 'disabled' | 'checking' | 'active' | 'warning' | 'expired'

/** Why a session is over. `unreachable`: the server could not be asked at the deadline. */
export type Reason = EndReason | 'unreachable'

/** Which limit ends the session: idleness, or its age, which nothing moves. */
export type EndsBy = 'idle' | 'absolute'

/** Where the user's wish to stay stands. */
export type Extension = 'idle' | 'pending' | 'failed'

/** What {@link Session.extend} came to. */
export type ExtendResult = 'extended' | 'ended' | 'failed'

/** One immutable picture of the session; the same object as long as nothing in it changed. */
export interface SessionState {
  readonly status: Status
  /** Protected content is hidden right now: after a doubt at the deadline, or because it is over. */
  readonly covered: boolean
  /** Why it is over; `null` unless `status` is `expired`. */
  readonly reason: Reason | null
  readonly endsBy: EndsBy
  /** Staying helps: the absolute end does not come first. */
  readonly extendable: boolean
  readonly extension: Extension
  /** The server does not answer; with `whenUnreachable: 'local'` this browser judges meanwhile. */
  readonly unreachable: boolean
  /**
   * Why the server refused the last question, where it answered and refused: a fault of the set-up,
   * not of the network. `null` where it did not.
   */
  readonly refused: string | null
  /**
   * This document has had a live session. While it has not, `expired` means "please sign in",
   * not "you were signed out".
   */
  readonly wasActive: boolean
  /** Somebody else is signed in by now: the page is covered, and about to be loaded anew. */
  readonly personChanged: boolean
  /** `false` while a sign-out is shown that the server has not confirmed yet. */
  readonly signOutConfirmed: boolean
}

export interface HoldOptions {
  /** Longest time that the hold counts as activity, in ms. @default 3,600,000 (an hour) */
  max?: number
}

/** What the app's own requests learn in passing (`docs/protocol.md`). Durations in ms. */
export interface SessionHint {
  /** Handle of the session that answered. */
  session: string
  /** Handle of the person, where the answer names one. */
  subject?: string | null
  /**
   * When the server judged the session, in ms on its store's clock (`Session-At`). Without it, or
   * where it is not newer than what is known, the hint changes nothing: it may be out of a cache.
   */
  at?: number | null
  /** Time left to the session when it answered. */
  remaining: number
  /** Idleness that the server knew of then; `null` where the idle limit is off. */
  idle: number | null
  /** How long ago the request was sent: the durations count from there. */
  age: number
}

/** A session as the page sees it. No method ever rejects; all may be called at any time. */
export interface Session {
  getState(): SessionState
  /** Calls back after each change of {@link getState}; returns the way to stop. */
  subscribe(listener: () => void): () => void
  /** Whole seconds to the end, 0 at the end and never below; the same number in every tab. */
  getSecondsLeft(): number
  /** Calls back when {@link getSecondsLeft} changes, each second, and only while warning. */
  subscribeCountdown(listener: () => void): () => void
  /**
   * Opaque handle of the person that this page believes is signed in, or was until the end; `null`
   * where it is not known.
   */
  subject(): string | null
  /** Headers for the app's own requests: who the page believes is signed in, by the server's handle. */
  headers(): Record<string, string>
  /** Milliseconds since the last activity known from any tab, or from the server when asked. */
  idleFor(): number
  /** The user's "stay signed in": asks the server at once. */
  extend(): Promise<ExtendResult>
  /** Counts as input, for activity that the page sees in its own way. */
  recordActivity(): void
  /** Asks the server how things stand; never activity. Resolves when it has answered or failed. */
  check(): Promise<void>
  /**
   * Takes in what an answer of the app's own server said of the session in passing, so that an app
   * that talks to its server anyway hardly needs questions of its own. Another session than the
   * one known here is asked about instead. An answer that belongs to another person covers the page
   * until the server has said who is signed in.
   *
   * @returns `false` where the answer belongs to another person: it must not be used.
   */
  hint(hint: SessionHint): boolean
  /**
   * Says that the app's own server answered 409 `another-person`: covers the page until the server
   * has said who is signed in.
   */
  otherPerson(): void
  /** Covers at once, ends the session on the server and in every tab. */
  signOut(): Promise<void>
  /** Counts as activity until the returned function is called: an upload, a call, a video. */
  hold(reason: string, options?: HoldOptions): () => void
  /** Starts, reference-counted; the returned function stops and may be called twice. */
  start(): () => void
  /**
   * Done when the session has ended elsewhere too (`endElsewhere`), or its time is up; `null` where
   * there is nothing to wait for.
   */
  endedElsewhere(): Promise<void> | null
  /**
   * Says that what was protected is gone from the page (unmounted, emptied), so that the cover
   * may be lifted from what is shown instead. Does nothing unless the session is over.
   */
  discarded(): void
}
