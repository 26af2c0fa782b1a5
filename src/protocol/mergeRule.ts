import type { EndReason } from './wire.js'

/** The limits stored with a record at its last touch, in ms; `null` is off. */
export interface Limits {
  expireAfter: number | null
  absolute: number | null
}

/** What a store keeps of a living session, all in ms on the store's own clock. */
export interface SessionTimes {
  created: number
  last: number
  limits: Limits
}

export type MergeResult =
  | { ended: Extract<EndReason, 'idle' | 'absolute'> }
  | { ended: null; times: SessionTimes }

/**
 * The heart of the protocol: one report, or a mere look (`idleFor` null), against one record.
 *
 * The stored limits are judged before the report and before any new policy are looked at: a
 * session that was over stays over, whatever a client claims and however much the policy grew.
 * For activity only the maximum counts, so the order of tabs, devices and retries never matters.
 */
export function mergeRule(
  times: SessionTimes,
  now: number,
  limits: Limits,
  idleFor: number | null,
): MergeResult {
  const before = overBy(times, now)
  if (before) return { ended: before }
  const claimed = idleFor === null ? times.last : Math.max(times.created, now - idleFor)
  const merged = {
    created: times.created,
    last: Math.max(times.last, Math.min(claimed, now)),
    limits,
  }
  const after = overBy(merged, now)
  return after ? { ended: after } : { ended: null, times: merged }
}

function overBy({ created, last, limits }: SessionTimes, now: number): 'idle' | 'absolute' | null {
  if (limits.absolute !== null && now >= created + limits.absolute) return 'absolute'
  // A time in the future (a clock was set) counts as no idleness: it never ends a session.
  if (limits.expireAfter !== null && now - last >= limits.expireAfter) return 'idle'
  return null
}
