import type { WireActive } from '../../src/protocol/wire.js'
import type { Handles } from './handles.js'
import type { ActiveJudgement } from './judge.js'

/** The session in the form of the wire. The idle time is rounded up, the remaining time down. */
export function toWire(judgement: ActiveJudgement, key: string, handles: Handles): WireActive {
  const { at, idle, age, meta, policy } = judgement
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
