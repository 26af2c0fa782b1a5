/**
 * The protocol's JSON, version 1 (`docs/protocol.md`). Types only, so that the page and the
 * server reference speak of the same thing without sharing code.
 */

/** Why a server says that a session is over. */
export type EndReason = 'idle' | 'absolute' | 'revoked' | 'signed-out' | 'unknown'

/** Body of POST and DELETE. Durations only: a client's wall clock never goes on the wire. */
export interface WireRequest {
  v: 1
  /** The session that the page believes in; without it a page only observes. */
  session?: string
  /** Milliseconds since the last real input. Absent: observe only. */
  idleForMs?: number
  /** In a POST: sign out, as DELETE does, for networks that refuse DELETE. Never with `idleForMs`. */
  signOut?: boolean
}

/** The limits of one session, in milliseconds; `null` where a limit is off. */
export interface WirePolicy {
  warnAfterMs: number | null
  expireAfterMs: number | null
  warnBeforeAbsoluteMs: number | null
}

/** 200: the session lives. */
export interface WireActive {
  v: 1
  state: 'active'
  /** When the store judged the session, in whole ms on the store's own clock: newer answers have more. */
  at: number
  session: string
  subject: string
  /** Rounded up; `null` where the idle limit is off. */
  idleMs: number | null
  /** The smaller of the idle and the absolute remainder, rounded down. */
  remainingMs: number
  absoluteRemainingMs: number | null
  endsBy: 'idle' | 'absolute'
  /** The absolute remainder is larger than the idle one, so that staying helps. */
  extendable: boolean
  policy: WirePolicy
}

/** 401: the session is over. The handle is given only where the presented key was once real. */
export interface WireEnded {
  type: string
  title: string
  status: 401
  v: 1
  state: 'ended'
  reason: EndReason
  session?: string
}
