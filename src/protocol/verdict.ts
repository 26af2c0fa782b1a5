import type { Policy } from './policy.js'
import type { EndReason } from './wire.js'

/**
 * The server says that the session lives. Durations in ms, counted from when the request was sent.
 * Give `remaining`, `idle` or both; without either, no time is left.
 */
export interface ActiveVerdict {
  state: 'active'
  /** When the server judged the session, in whole ms on its store's clock. Absent if unknown. */
  at?: number
  /** Time left until the session ends, by the limit that comes first. */
  remaining?: number
  /** How long the user has been idle. If absent, it is computed from `remaining` and the policy. */
  idle?: number
  /** Time left until the absolute end; `null` or absent if there is none. */
  absoluteRemaining?: number | null
  /** Opaque handle of the session. A different one means a new sign-in. */
  session?: string
  /** Opaque handle of the person. A different one means another person. */
  subject?: string
  /** The limits of this session. A limit that is absent is the page's own. */
  policy?: Partial<Policy>
}

/** The server says that the session is over. */
export interface EndedVerdict {
  state: 'ended'
  reason: EndReason
  /** Handle of the session that is over, if the server gives it. */
  session?: string
}

/** No answer, or none that can be trusted. It counts neither as "ended" nor as "active". */
export interface UnknownVerdict {
  state: 'unknown'
  /** Shortest time until the next request, in ms, as the server asked for. */
  retryAfter?: number
  /** If the server refused the request: why, in its own words. */
  refused?: string
}

export type Verdict = ActiveVerdict | EndedVerdict | UnknownVerdict
