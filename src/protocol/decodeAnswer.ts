import type { Policy } from './policy.js'
import type { ActiveVerdict, EndedVerdict, Verdict } from './verdict.js'
import type { EndReason } from './wire.js'

const reasons: readonly EndReason[] = ['idle', 'absolute', 'revoked', 'signed-out', 'unknown']

/**
 * Reads an answer of the protocol (`docs/protocol.md`). Anything that is not exactly one of its two
 * verdicts (HTML, the target of a redirect, truncated JSON, a proxy's own 401) is `unknown`.
 */
export function decodeAnswer(status: number, body: unknown): Verdict {
  if (!isRecord(body) || body.v !== 1) return { state: 'unknown' }
  if (status === 200 && body.state === 'active') return decodeActive(body) ?? { state: 'unknown' }
  if (status === 401 && body.state === 'ended') return decodeEnded(body)
  return { state: 'unknown' }
}

function decodeActive(body: Record<string, unknown>): ActiveVerdict | null {
  const { at, session, subject, idleMs, remainingMs, absoluteRemainingMs, policy } = body
  if (typeof session !== 'string' || typeof subject !== 'string' || !isRecord(policy)) return null
  if (!isDuration(at) || !isDuration(remainingMs)) return null
  if (!isLimit(idleMs) || !isLimit(absoluteRemainingMs)) return null
  const limits = decodePolicy(policy)
  if (!limits) return null
  return {
    state: 'active',
    at,
    remaining: remainingMs,
    ...(idleMs !== null && { idle: idleMs }),
    absoluteRemaining: absoluteRemainingMs,
    session,
    subject,
    policy: limits,
  }
}

function decodePolicy(policy: Record<string, unknown>): Partial<Policy> | null {
  const { warnAfterMs, expireAfterMs, warnBeforeAbsoluteMs } = policy
  if (!isLimit(warnAfterMs) || !isLimit(expireAfterMs) || !isLimit(warnBeforeAbsoluteMs))
    return null
  return {
    warnAfter: warnAfterMs ?? false,
    expireAfter: expireAfterMs ?? false,
    ...(warnBeforeAbsoluteMs !== null && { warnBeforeAbsolute: warnBeforeAbsoluteMs }),
  }
}

function decodeEnded({ reason, session }: Record<string, unknown>): EndedVerdict {
  return {
    state: 'ended',
    reason: reasons.find((known) => known === reason) ?? 'unknown',
    ...(typeof session === 'string' && { session }),
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isDuration(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isLimit(value: unknown): value is number | null {
  return value === null || isDuration(value)
}
