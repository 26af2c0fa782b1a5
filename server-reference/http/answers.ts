import type { EndReason, WireEnded } from '../../src/protocol/wire.js'
import type { Handles } from '../session/handles.js'
import type { Judgement } from '../session/judge.js'
import { toWire } from '../session/toWire.js'
import type { PlainAnswer } from './plain.js'
import { commonHeaders, problemType } from './problem.js'

const activeHeaders = { ...commonHeaders, 'Content-Type': 'application/json' }
const endedHeaders = {
  ...commonHeaders,
  'Content-Type': 'application/problem+json',
  'WWW-Authenticate': 'Session realm="session-security"',
}

export function toAnswer(judgement: Judgement, key: string, handles: Handles): PlainAnswer {
  if (judgement.state === 'active')
    return {
      status: 200,
      headers: activeHeaders,
      body: JSON.stringify(toWire(judgement, key, handles)),
    }
  return judgement.meta === null
    ? unknownSession
    : ended(judgement.reason, handles.session(key, judgement.meta.secretId))
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
