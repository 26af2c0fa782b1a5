import type { EndReason } from './wire.js'

/** The limits of a session as of its last request, kept by the store. In ms; `null` means off. */
export interface Limits {
  expireAfter: number | null
  absolute: number | null
}

/** What a store keeps about a living session, in ms on the store's own clock. */
export interface SessionTimes {
  created: number
  last: number
  limits: Limits
}

export type MergeResult =
  | { ended: Extract<EndReason, 'idle' | 'absolute'> }
  | { ended: null; times: SessionTimes }

/**
 * The core rule of the protocol: applies one report to a session, or only checks it if `idleFor` is
 * `null`.
 *
 * It checks the stored limits first, before the report and the new limits. So a session that was
 * over stays over, no matter what a client reports or how much longer the new limits are. Only the
 * newest activity counts, so the order of tabs, devices and retries does not matter.
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
  // Activity in the future (a clock was set) counts as no idleness, so it never ends a session.
  if (limits.expireAfter !== null && now - last >= limits.expireAfter) return 'idle'
  return null
}
