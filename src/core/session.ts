import type { EndReason } from '../protocol/wire.js'

/**
 * What the page should show. It follows from facts, policy and the clock, and is never stored or
 * sent.
 *
 * - `disabled`: the session does not run, for example because nobody is signed in
 * - `checking`: the tab waits for the server to say how the session stands
 * - `active`: the session lives
 * - `warning`: the session ends soon
 * - `expired`: the session is over; only a new sign-in helps
 */
export type Status = 'disabled' | 'checking' | 'active' | 'warning' | 'expired'

/** Why a session is over. `unreachable`: the server could not be asked at the deadline. */
export type Reason = EndReason | 'unreachable'

/** Which limit ends the session: idleness, or its age, which activity does not change. */
export type EndsBy = 'idle' | 'absolute'

/** State of the user's request to stay signed in. */
export type Extension = 'idle' | 'pending' | 'failed'

/** Result of {@link Session.extend}. */
export type ExtendResult = 'extended' | 'ended' | 'failed'

/** An immutable snapshot of the session; the same object as long as nothing in it changes. */
export interface SessionState {
  readonly status: Status
  /** Protected content is hidden now: the session is over, or may be. */
  readonly covered: boolean
  /** Why the session is over; `null` unless `status` is `expired`. */
  readonly reason: Reason | null
  readonly endsBy: EndsBy
  /** Activity can extend the session: the absolute end does not come first. */
  readonly extendable: boolean
  readonly extension: Extension
  /** The server does not answer. With `whenUnreachable: 'local'` this browser decides meanwhile. */
  readonly unreachable: boolean
  /**
   * Why the server refused the last request; `null` if it did not. A refusal points to a wrong
   * set-up, not to the network.
   */
  readonly refused: string | null
  /**
   * This document has had a live session. While it has not, `expired` means "please sign in",
   * not "you were signed out".
   */
  readonly wasActive: boolean
  /** Another person is signed in now; the page is covered and will reload. */
  readonly personChanged: boolean
  /** `false` after a sign-out that the server has not confirmed yet. */
  readonly signOutConfirmed: boolean
}

export interface HoldOptions {
  /** Longest time that the hold counts as activity, in ms. @default 3_600_000 (one hour) */
  max?: number
}

/**
 * What a response to the app's own request says about the session, in headers (`docs/protocol.md`).
 * Durations in ms.
 */
export interface SessionHint {
  /** Handle of the session that answered. */
  session: string
  /** Handle of the person, if the response names one. */
  subject?: string | null
  /**
   * When the server judged the session, in ms on its store's clock (`Session-At`). If it is
   * missing, or not newer than what the tab knows, the hint may come from a cache and changes
   * nothing.
   */
  at?: number | null
  /** Time left to the session when the server answered. */
  remaining: number
  /**
   * How long the user had been idle then, as far as the server knew; `null` if the idle limit is
   * off.
   */
  idle: number | null
  /** How long ago the request was sent. The durations count from that moment. */
  age: number
}

/** A session as the page sees it. No promise rejects; all methods may be called at any time. */
export interface Session {
  getState(): SessionState
  /**
   * Calls `listener` after each change of {@link getState}. Returns a function that unsubscribes.
   */
  subscribe(listener: () => void): () => void
  /** Whole seconds to the end, never below 0; the same number in every tab. */
  getSecondsLeft(): number
  /**
   * Calls `listener` each second, when {@link getSecondsLeft} changes, but only during a warning.
   */
  subscribeCountdown(listener: () => void): () => void
  /**
   * Opaque handle of the person who is signed in on this page, or was until the end; `null` if it
   * is not known.
   */
  subject(): string | null
  /** Headers for the app's own requests. They name the person who is signed in on this page. */
  headers(): Record<string, string>
  /** Milliseconds since the last activity in any tab, or that the server answered with. */
  idleFor(): number
  /** The user wants to stay signed in. Asks the server at once. */
  extend(): Promise<ExtendResult>
  /** Counts as input. For activity that only the app can see. */
  recordActivity(): void
  /**
   * Asks the server how the session stands. Does not count as activity. Resolves when the server
   * has answered or the request has failed.
   */
  check(): Promise<void>
  /**
   * Uses what a response to the app's own request says about the session, so that an app with many
   * requests needs hardly any session requests. If the response belongs to another session, the tab
   * asks the server. If it belongs to another person, the page is covered until the server has said
   * who is signed in.
   *
   * @returns `false` if the response belongs to another person and must not be used.
   */
  hint(hint: SessionHint): boolean
  /**
   * Call this if the app's own server answers 409 `another-person`. Covers the page until the
   * server has said who is signed in.
   */
  otherPerson(): void
  /** Covers the page at once, then ends the session on the server and in every tab. */
  signOut(): Promise<void>
  /**
   * Counts as activity until the returned function is called. For an upload, a call, a video.
   *
   * @throws a RangeError if `max` is not positive.
   */
  hold(reason: string, options?: HoldOptions): () => void
  /**
   * Starts the session, or uses the running one (reference-counted). The returned function gives it
   * up and may be called twice.
   */
  start(): () => void
  /**
   * Resolves when `endElsewhere` is done or has run out of time; `null` if there is nothing to wait
   * for.
   */
  endedElsewhere(): Promise<void> | null
  /**
   * Call this when the protected content is gone from the page (unmounted, emptied). The cover is
   * then lifted from what the page shows instead. Does nothing unless the session is over.
   */
  discarded(): void
}
