import type { Reason, SessionState } from '../../core/session.js'

/**
 * What has become of the children.
 *
 * - `shown`: the session is not over
 * - `kept`: hidden behind the lock
 * - `gone`: unmounted; what else holds the person's data is still to be emptied
 * - `emptied`: that is done too
 */
export type Aftermath = { phase: 'shown' } | Over

interface Over {
  phase: 'kept' | 'gone' | 'emptied'
  reason: Reason
  wasActive: boolean
}

export const shown: Aftermath = { phase: 'shown' }

/** Follows the session. Whatever is not certain leads to `gone`. */
export function follow(
  before: Aftermath,
  { status, reason, wasActive }: Pick<SessionState, 'status' | 'reason' | 'wasActive'>,
  lock: boolean,
): Aftermath {
  if (before.phase === 'shown') {
    if (status !== 'expired' || reason === null) return before
    // Who signs out has finished.
    const keep = lock && wasActive && reason !== 'signed-out'
    return { phase: keep ? 'kept' : 'gone', reason, wasActive }
  }
  // Only a live session of the same person follows directly on one that is over.
  const mayComeBack = status === 'expired' || status === 'active' || status === 'warning'
  return before.phase === 'kept' && !(lock && mayComeBack) ? discard(before) : before
}

/** The lock has lasted long enough, or is of no use any more. */
export function discard(before: Aftermath): Aftermath {
  return before.phase === 'kept' ? { ...before, phase: 'gone' } : before
}
