import type { Policy } from '../../protocol/policy.js'
import type { EndsBy } from '../session.js'
import { type Facts, newestActivity } from './facts.js'

/** When the session warns and ends, by the facts. Moments in ms on this tab's clock. */
export interface Deadlines {
  readonly warnAt: number
  readonly expiresAt: number
  readonly endsBy: EndsBy
  /**
   * How long (ms) before `warnAt` and `expiresAt` the server is asked. It has that long to answer.
   */
  readonly lead: number
  /** When the server is asked before the warning … */
  readonly askBeforeWarning: number
  /** … and before the end. */
  readonly askBeforeEnd: number
}

const maxLeadMs = 5_000

/** `null` while no activity is known to count from. */
export function deadlinesOf(facts: Facts, policyOfPage: Policy): Deadlines | null {
  const { confirmed } = facts
  const lastActivity = newestActivity(facts)
  if (lastActivity === null) return null
  const { warnAfter, expireAfter, warnBeforeAbsolute } = confirmed?.policy ?? policyOfPage
  const absoluteEnd = confirmed?.absoluteEnd ?? Infinity
  const idleEnd = expireAfter === false ? Infinity : lastActivity + expireAfter

  const endsBy = absoluteEnd <= idleEnd ? 'absolute' : 'idle'
  const expiresAt = Math.min(idleEnd, absoluteEnd)
  const warnAt =
    endsBy === 'absolute' || warnAfter === false
      ? expiresAt - warnBeforeAbsolute
      : lastActivity + warnAfter
  const untilWarning = endsBy === 'absolute' || warnAfter === false ? Infinity : warnAfter
  const lead = Math.min(maxLeadMs, (expiresAt - warnAt) / 4, untilWarning / 4)
  return {
    warnAt,
    expiresAt,
    endsBy,
    lead,
    askBeforeWarning: warnAt - lead,
    askBeforeEnd: expiresAt - lead,
  }
}
