import type { Policy } from './policy.js'
import type { EndReason } from './wire.js'

/**
 * The server says that the session lives. Durations in ms, counted from sending the question. Of
 * `remaining` and `idle` one is enough; with neither there is no time left.
 */
export interface ActiveVerdict {
  state: 'active'
  /** When the server judged the session, in whole ms on its store's clock. Absent: it does not say. */
  at?: number
  /** Time left until the session ends, by whichever limit comes first. */
  remaining?: number
  /** Idleness the server knows of. Worked out from `remaining` and the policy where absent. */
  idle?: number
  /** Time left until the absolute end; `null` or absent where there is none. */
  absoluteRemaining?: number | null
  /** Opaque handle of the session; a change of it means a new sign-in. */
  session?: string
  /** Opaque handle of the person; a change of it means somebody else. */
  subject?: string
  /** The limits that hold for this session; the page's own where absent. */
  policy?: Partial<Policy>
}

/** The server says that the session is over. */
export interface EndedVerdict {
  state: 'ended'
  reason: EndReason
  /** The session that is over, where the server told. */
  session?: string
}

/** No answer, or none that can be trusted: never "ended", and never "active". */
export interface UnknownVerdict {
  state: 'unknown'
  /** How long the server asked to be left alone, in ms. */
  retryAfter?: number
  /** Where the server answered, and refused: why, in its own words. */
  refused?: string
}

export type Verdict = ActiveVerdict | EndedVerdict | UnknownVerdict
