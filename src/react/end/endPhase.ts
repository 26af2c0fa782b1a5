import type { Reason, SessionState } from '../../core/session.js'

/**
 * What has become of the children.
 *
 * - `shown`: the session is not over
 * - `locked`: hidden behind the lock
 * - `gone`: unmounted; what else holds the person's data is still to be emptied
 * - `emptied`: that is done too
 */
export type EndPhase = { phase: 'shown' } | Over

interface Over {
  phase: 'locked' | 'gone' | 'emptied'
  reason: Reason
  wasActive: boolean
}

export const shown: EndPhase = { phase: 'shown' }

/** Follows the session. Whatever is not certain leads to `gone`. */
export function nextPhase(
  before: EndPhase,
  { status, reason, wasActive }: Pick<SessionState, 'status' | 'reason' | 'wasActive'>,
  lock: boolean,
): EndPhase {
  if (before.phase === 'shown') {
    if (status !== 'expired' || reason === null) return before
    // Who signs out has finished.
    const keep = lock && wasActive && reason !== 'signed-out'
    return { phase: keep ? 'locked' : 'gone', reason, wasActive }
  }
  // Only a live session of the same person follows directly on one that is over.
  const mayComeBack = status === 'expired' || status === 'active' || status === 'warning'
  return before.phase === 'locked' && !(lock && mayComeBack) ? discard(before) : before
}

/** The lock has lasted long enough, or is of no use any more. */
export function discard(before: EndPhase): EndPhase {
  return before.phase === 'locked' ? { ...before, phase: 'gone' } : before
}
