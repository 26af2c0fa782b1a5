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

/**
 * The answer for a session id that is missing, malformed, unknown or evicted: always the same
 * bytes, so that it does not tell which.
 */
export const unknownSession = ended('unknown')

/**
 * The only answer that may change a cookie, and only if the cookie's own session was signed out.
 */
export const signedOut = (clearCookie?: string | readonly string[]): PlainAnswer => ({
  status: 204,
  headers: {
    ...commonHeaders,
    ...(clearCookie !== undefined && { 'Set-Cookie': [clearCookie].flat() }),
  },
  body: '',
})
