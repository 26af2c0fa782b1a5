import type { ActiveVerdict, Verdict } from '../../protocol/verdict.js'
import type { ExtendResult } from '../session.js'
import { type Facts, noFacts } from './facts.js'

/**
 * What this tab doubts, and asks about:
 *
 * - `start`: it has just begun, or its clock was set back
 * - `restored`: it comes out of the back/forward cache
 * - `deadline`: the deadline is past and no answer is there
 * - `other`: an answer to the app's own request was another person's
 * - `person`: somebody else is signed in, and the document is about to be loaded anew
 */
export interface Doubt {
  readonly kind: 'start' | 'restored' | 'deadline' | 'other' | 'person'
  readonly covered: boolean
  readonly failures: number
}

/**
 * `scheduled` questions are one a browser; `personal` ones, which somebody waits for, wait for no
 * other tab.
 */
export type Lane = 'background' | 'user'

/** A question under way in this tab. */
export interface Ask {
  readonly id: number
  /** The activity that it reports; `null` for a mere look. */
  readonly upTo: number | null
  readonly timeoutAt: number
}

/** The user's wish to stay, until the server has said yes. */
export interface Extending {
  readonly at: number
  /** Not sent before: the dialog's grace, or the back-off after a failure. */
  readonly sendAt: number
  /** Not shown as pending before, so that a quick answer flashes nothing. */
  readonly showAt: number
  readonly failed: boolean
}

/** Another tab is asking. */
export interface Waiting {
  readonly since: number
  readonly until: number
}

/** A sign-out that the server has yet to confirm. */
export interface SigningOut {
  /** The session to end; `null` where the page has yet to learn which one. */
  readonly session: string | null
  /** Sent anew at once, because the cookie belonged to another session of the same person. */
  readonly repeated: boolean
  readonly failures: number
  /** When the request under way is given up on; `null` while none is. */
  readonly timeoutAt: number | null
  /** When it is tried again; `null` while one is under way. */
  readonly retryAt: number | null
}

/** What came of a sign-out. A verdict: the cookie belongs to that session, and nothing has ended. */
export type SignOutOutcome = 'confirmed' | 'failed' | ActiveVerdict

/** All that one tab knows. Moments in ms on this tab's clock. */
export interface State {
  readonly running: boolean
  readonly facts: Facts
  /**
   * What this browser knew before this tab had an answer, from the storage or from other tabs. It
   * covers what is past its time, and serves where no server answers. Of a first answer it adds to
   * what the server has not been told yet; else an answer replaces it, for the clock may have been
   * set since.
   */
  readonly remembered: Facts | null
  readonly doubt: Doubt | null
  /** This document has had a live session. */
  readonly wasActive: boolean
  /** What was protected is gone from the page. */
  readonly discarded: boolean

  /** An answer to a question sent at or after this moment is wanted. */
  readonly wanted: number | null
  readonly asks: Readonly<Record<Lane, Ask | null>>
  readonly lastAskId: number
  readonly waiting: Waiting | null
  /** Questions in a row without a verdict. */
  readonly failures: number
  /** Why the server refused the last of them; `null` where it gave no answer at all. */
  readonly refused: string | null
  readonly retryAt: number | null
  /** An end that may be an old cookie's has been asked about once more. */
  readonly askedTwice: boolean
  /** When the server was last asked because an answer to the app's own request did not fit. */
  readonly askedAboutHintAt: number

  readonly extending: Extending | null
  readonly signingOut: SigningOut | null
  /** The app was told to save before this end. */
  readonly saved: boolean
  /** Activity that is not input counts until then. */
  readonly heldUntil: number | null
  /** The last activity in this very tab … */
  readonly ownActivity: number | null
  /** … up to where it has been reported to the server … */
  readonly reportedUpTo: number
  /** … when that was … */
  readonly reportedAt: number
  /** … what the other tabs were last told, and when. */
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
  /** The wall clock was set back: how long ago anything was is not known any more. */
  | { type: 'setBack' }
  /** The tab is looked at again, is online again, …: never activity. */
  | { type: 'returned' }
  /** Shown or focused again after it was hidden, or after another window had the focus. */
  | { type: 'revisited' }
  /** The page came out of the back/forward cache. */
  | { type: 'restored' }
  /** The page goes away, perhaps for good. */
  | { type: 'leaving' }
  | { type: 'input'; at: number }
  | { type: 'held'; until: number | null }
  | { type: 'message'; facts: Facts }
  | { type: 'answered'; lane: Lane; id: number; sentAt: number; verdict: Verdict }
  /** Another tab is asking already. */
  | { type: 'deferred'; id: number }
  /** An answer of the app's own server told how the session stands. */
  | {
      type: 'hint'
      session: string
      subject: string | null
      at: number | null
      remaining: number
      idle: number | null
      sentAt: number
    }
  /** An answer of the app's own server said that another person is signed in. */
  | { type: 'otherPerson' }
  | { type: 'extend' }
  | { type: 'check' }
  | { type: 'signOut' }
  | { type: 'signOutAnswered'; outcome: SignOutOutcome }
  | { type: 'discarded' }

/** What a tab does about it. */
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
  /** A last report that has to outlive the page. */
  | { type: 'lastReport'; session: string; upTo: number }
  | { type: 'share' }
  | { type: 'end'; session: string | null }
  /** The last chance to save while the session lives. */
  | { type: 'save' }
  | { type: 'extension'; result: ExtendResult }
  | { type: 'reload' }
