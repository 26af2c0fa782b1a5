import type { Policy } from '../../protocol/policy.js'
import type { EndsBy } from '../session.js'
import { type Facts, newestActivity } from './facts.js'

/** The absolute moments that follow from the facts, in ms on this tab's clock. */
export interface Deadlines {
  readonly warnAt: number
  readonly expiresAt: number
  readonly endsBy: EndsBy
  /** The server is asked that long before `warnAt` and `expiresAt`, and has that long to answer. */
  readonly lead: number
  /** When it is asked before the warning … */
  readonly askBeforeWarning: number
  /** … and before the end. */
  readonly askBeforeEnd: number
}

const maxLeadMs = 5_000

/** `null` while nothing is known to count from. */
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
