import type { ActiveVerdict, Verdict } from '../../protocol/verdict.js'
import type { ExtendResult } from '../session.js'
import { type Facts, noFacts } from './facts.js'

/**
 * Why this tab does not know whether its session lives, and asks the server:
 *
 * - `start`: it has just started, or the clock was set back
 * - `restored`: it comes out of the back/forward cache
 * - `deadline`: the deadline has passed without a recent answer
 * - `other`: a response to the app's own request belongs to another person
 * - `person`: another person is signed in, and the document is about to reload
 */
export interface Doubt {
  readonly kind: 'start' | 'restored' | 'deadline' | 'other' | 'person'
  readonly covered: boolean
  readonly failures: number
}

/**
 * `background`: one request per browser at a time, guarded by the mutex. `user`: the user waits for
 * it, so it never waits for another tab.
 */
export type Lane = 'background' | 'user'

/** A request under way in this tab. */
export interface Ask {
  readonly id: number
  /** The activity that it reports; `null` if it only asks. */
  readonly upTo: number | null
  readonly timeoutAt: number
}

/** The user's request to stay, until the server has confirmed it. */
export interface Extending {
  readonly at: number
  /** When to send it: after the warning's grace time, or the back-off after a failure. */
  readonly sendAt: number
  /** When it shows as pending. Later than `sendAt`, so that a fast answer does not flash. */
  readonly showAt: number
  readonly failed: boolean
}

/** This tab waits because another one is asking. It tries again at `until`. */
export interface Waiting {
  readonly since: number
  readonly until: number
}

/** A sign-out that the server has yet to confirm. */
export interface SigningOut {
  /** The session to end; `null` if the page does not know it yet. */
  readonly session: string | null
  /** Was sent again at once, because the cookie belonged to another session of the same person. */
  readonly repeated: boolean
  readonly failures: number
  /** When the request under way times out; `null` while there is none. */
  readonly timeoutAt: number | null
  /** When to try again; `null` while a request is under way. */
  readonly retryAt: number | null
}

/** Result of a sign-out. A verdict: the cookie belongs to that session, and nothing has ended. */
export type SignOutOutcome = 'confirmed' | 'failed' | ActiveVerdict

/** Everything that one tab knows. Moments in ms on this tab's clock. */
export interface State {
  readonly running: boolean
  readonly facts: Facts
  /**
   * Facts known before this tab's first answer, from storage or other tabs. They cover a page whose
   * deadline has passed, replace the server while it is unreachable, and keep activity that the
   * server has not heard of. The first answer replaces the rest, because the clock may have been
   * set.
   */
  readonly remembered: Facts | null
  readonly doubt: Doubt | null
  /** This document has had a live session. */
  readonly wasActive: boolean
  /** The protected content is gone from the page. */
  readonly discarded: boolean

  /** This tab needs an answer to a request sent at or after this moment. */
  readonly wanted: number | null
  readonly asks: Readonly<Record<Lane, Ask | null>>
  readonly lastAskId: number
  readonly waiting: Waiting | null
  /** Requests in a row without a verdict. */
  readonly failures: number
  /** Why the server refused the last of them; `null` if it did not. */
  readonly refused: string | null
  readonly retryAt: number | null
  /** The tab has asked once more about an end, because it may have been an old cookie's. */
  readonly askedTwice: boolean
  /** When the server was last asked because of a hint that did not fit. */
  readonly askedAboutHintAt: number

  readonly extending: Extending | null
  readonly signingOut: SigningOut | null
  /** The app was told to save before this end. */
  readonly saved: boolean
  /** When the last hold ends; until then it counts as activity. */
  readonly heldUntil: number | null
  /** The last activity in this tab. */
  readonly ownActivity: number | null
  /** The newest activity that this tab has reported to the server, and when it did. */
  readonly reportedUpTo: number
  readonly reportedAt: number
  /** The newest activity that this tab has shared with the other tabs, and when it did. */
  readonly sharedUpTo: number
  readonly sharedAt: number
}

export const initialState: State = {
  running: false,
  facts: noFacts,
  remembered: null,
  doubt: null,
  wasActive: false,
  discarded: false,
  wanted: null,
  asks: { background: null, user: null },
  lastAskId: 0,
  waiting: null,
  failures: 0,
  refused: null,
  retryAt: null,
  askedTwice: false,
  askedAboutHintAt: -Infinity,
  extending: null,
  signingOut: null,
  saved: false,
  heldUntil: null,
  ownActivity: null,
  reportedUpTo: -Infinity,
  reportedAt: -Infinity,
  sharedUpTo: -Infinity,
  sharedAt: -Infinity,
}

/** What happens to a tab. */
export type Event =
  | { type: 'started'; remembered: Facts | null; initial: Facts | null }
  | { type: 'stopped' }
  /** The wake-up rang: only the time has changed. */
  | { type: 'woke' }
  /** The wall clock was set back, so the tab no longer knows how long ago anything happened. */
  | { type: 'setBack' }
  /** The tab is visible, focused or online again. Does not count as activity. */
  | { type: 'returned' }
  /** The same, after the tab was hidden or another window had the focus. */
  | { type: 'revisited' }
  /** The page came out of the back/forward cache. */
  | { type: 'restored' }
  /** The user leaves the page, perhaps for good. */
  | { type: 'leaving' }
  | { type: 'input'; at: number }
  | { type: 'held'; until: number | null }
  | { type: 'message'; facts: Facts }
  | { type: 'answered'; lane: Lane; id: number; sentAt: number; verdict: Verdict }
  /** Another tab is asking already. */
  | { type: 'deferred'; id: number }
  /** A response to the app's own request said how the session stands. */
  | {
      type: 'hint'
      session: string
      subject: string | null
      at: number | null
      remaining: number
      idle: number | null
      sentAt: number
    }
  /** A response to the app's own request said that another person is signed in. */
  | { type: 'otherPerson' }
  | { type: 'extend' }
  | { type: 'check' }
  | { type: 'signOut' }
  | { type: 'signOutAnswered'; outcome: SignOutOutcome }
  | { type: 'discarded' }

/** What a tab does in response. */
export type Effect =
  | {
      type: 'ask'
      lane: Lane
      id: number
      session: string | null
      upTo: number | null
      /** One tab at a time. A frozen tab may hold the mutex, so not for ever. */
      throughMutex: boolean
    }
  | { type: 'abort'; lane: Lane | 'end' }
  /** A last report, which has to arrive even though the page goes away. */
  | { type: 'lastReport'; session: string; upTo: number }
  | { type: 'share' }
  | { type: 'end'; session: string | null }
  /** Tells the app to save while the session lives. */
  | { type: 'save' }
  | { type: 'extension'; result: ExtendResult }
  | { type: 'reload' }
