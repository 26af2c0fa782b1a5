/**
 * The protocol's JSON, version 1 (`docs/protocol.md`). Types only, so that the page and the server
 * reference agree on it without sharing code.
 */

/** Why a session is over, as the server says. */
export type EndReason = 'idle' | 'absolute' | 'revoked' | 'signed-out' | 'unknown'

/** Body of POST and DELETE. It contains durations only, never the time of a client's wall clock. */
export interface WireRequest {
  v: 1
  /** Handle of the session on the page. Without it, the request reports nothing. */
  session?: string
  /** Milliseconds since the last real input. Without it, the request reports nothing. */
  idleForMs?: number
  /** In a POST: sign out, like DELETE, for networks that block DELETE. Never with `idleForMs`. */
  signOut?: boolean
}

/** The limits of one session, in milliseconds; `null` means off. */
export interface WirePolicy {
  warnAfterMs: number | null
  expireAfterMs: number | null
  warnBeforeAbsoluteMs: number | null
}

/** 200: the session lives. */
export interface WireActive {
  v: 1
  state: 'active'
  /** When the store judged the session, in whole ms on the store's clock. It orders answers. */
  at: number
  session: string
  subject: string
  /** How long the user has been idle, rounded up; `null` if the idle limit is off. */
  idleMs: number | null
  /** Time left to the idle or the absolute end, whichever comes first; rounded down. */
  remainingMs: number
  absoluteRemainingMs: number | null
  endsBy: 'idle' | 'absolute'
  /** Activity extends the session: the idle end comes before the absolute one. */
  extendable: boolean
  policy: WirePolicy
}

/**
 * 401: the session is over. `session` is given only if the request's cookie was once a real one.
 */
export interface WireEnded {
  type: string
  title: string
  status: 401
  v: 1
  state: 'ended'
  reason: EndReason
  session?: string
}
