import type { EndReason, WireActive, WireEnded } from '../../src/protocol/wire.js'
import type { Handles } from '../session/handles.js'
import type { ActiveVerdict, Verdict } from '../session/judge.js'
import type { PlainAnswer } from './plain.js'
import { commonHeaders, problemType } from './problem.js'

/** The session in the words of the wire. Idleness is rounded up and what remains down. */
export function toWire(verdict: ActiveVerdict, key: string, handles: Handles): WireActive {
  const { at, idle, age, meta, policy } = verdict
  const { expireAfter, absolute } = policy.limits
  const idleRemaining = expireAfter === null ? null : Math.floor(expireAfter - idle)
  const absoluteRemaining = absolute === null ? null : Math.floor(absolute - age)
  // One of the two limits is always on, so one of the two remainders is a number.
  const extendable =
    idleRemaining !== null && (absoluteRemaining === null || absoluteRemaining > idleRemaining)
  return {
    v: 1,
    state: 'active',
    at: Math.floor(at),
    session: handles.session(key, meta.secretId),
    subject: handles.subject(meta.subject, meta.secretId),
    idleMs: expireAfter === null ? null : Math.ceil(idle),
    remainingMs: Math.min(idleRemaining ?? Infinity, absoluteRemaining ?? Infinity),
    absoluteRemainingMs: absoluteRemaining,
    endsBy: extendable ? 'idle' : 'absolute',
    extendable,
    policy: policy.wire,
  }
}

const activeHeaders = { ...commonHeaders, 'Content-Type': 'application/json' }
const endedHeaders = {
  ...commonHeaders,
  'Content-Type': 'application/problem+json',
  'WWW-Authenticate': 'Session realm="session-security"',
}

export function toAnswer(verdict: Verdict, key: string, handles: Handles): PlainAnswer {
  if (verdict.state === 'active')
    return {
      status: 200,
      headers: activeHeaders,
      body: JSON.stringify(toWire(verdict, key, handles)),
    }
  return verdict.meta === null
    ? unknownSession
    : ended(verdict.reason, handles.session(key, verdict.meta.secretId))
}

function ended(reason: EndReason, session?: string): PlainAnswer {
  const body: WireEnded = {
    type: problemType('session-ended'),
    title: 'Session ended',
    status: 401,
    v: 1,
    state: 'ended',
    reason,
    ...(session !== undefined && { session }),
  }
  return { status: 401, headers: endedHeaders, body: JSON.stringify(body) }
}

/** Missing, malformed, never issued, evicted: byte for byte the same, so that nobody learns which. */
export const unknownSession = ended('unknown')

/** The one answer that may change a cookie, and only where the cookie's own session was signed out. */
export const signedOut = (clearCookie?: string | readonly string[]): PlainAnswer => ({
  status: 204,
  headers: {
    ...commonHeaders,
    ...(clearCookie !== undefined && { 'Set-Cookie': [clearCookie].flat() }),
  },
  body: '',
})
