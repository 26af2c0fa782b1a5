import type { Reason, SessionState } from '../../core/session.js'

/**
 * What has happened to the children.
 *
 * - `shown`: nothing, the session is not over
 * - `locked`: they are hidden behind the expired screen
 * - `gone`: they are unmounted, and data elsewhere is not yet emptied
 * - `emptied`: that data is emptied, too
 */
export type EndPhase = { phase: 'shown' } | Over

interface Over {
  phase: 'locked' | 'gone' | 'emptied'
  reason: Reason
  wasActive: boolean
}

export const shown: EndPhase = { phase: 'shown' }

/** The phase that follows. When in doubt it is `gone`. */
export function nextPhase(
  before: EndPhase,
  { status, reason, wasActive }: Pick<SessionState, 'status' | 'reason' | 'wasActive'>,
  lock: boolean,
): EndPhase {
  if (before.phase === 'shown') {
    if (status !== 'expired' || reason === null) return before
    // Never lock after a sign-out: the user has finished.
    const isLocked = lock && wasActive && reason !== 'signed-out'
    return { phase: isLocked ? 'locked' : 'gone', reason, wasActive }
  }
  // A session that is over is only followed by a live one if the same person signed in again.
  const mayComeBack = status === 'expired' || status === 'active' || status === 'warning'
  return before.phase === 'locked' && !(lock && mayComeBack) ? discard(before) : before
}

/** Gives up the lock. */
export function discard(before: EndPhase): EndPhase {
  return before.phase === 'locked' ? { ...before, phase: 'gone' } : before
}
