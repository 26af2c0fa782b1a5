import type { Config } from '../options/config.js'
import type { Facts } from './facts.js'
import { currentDeadlines } from './selectors.js'
import type { State } from './state.js'
import type { Step } from './step.js'

/**
 * Shortest time (ms) that the warning stays open. Without it, a mouse that is already moving would
 * close the warning before anyone has seen it.
 */
const graceMs = 200

/** Delay (ms) before an extension shows as pending, so that a fast answer does not flash. */
const quietMs = 300

/** Shortest time (ms) between two messages about activity to the other tabs. */
const shareEveryMs = 1_000

/** Longest time (ms) that the input source may hold events back. */
export const maxThrottleMs = 1_000

/** How long (ms) the input source may hold events back. In a warning not at all. */
export function throttleMs({ facts }: State, isWarning: boolean, config: Config): number {
  if (isWarning) return 0
  const { warnAfter } = facts.confirmed?.policy ?? config.policy
  return warnAfter === false ? maxThrottleMs : Math.min(maxThrottleMs, warnAfter / 4)
}

/** Counts input. `at` may lie a little in the past. */
export function countInput(state: State, at: number, step: Step): State {
  const { now, config } = step
  if (state.facts.ended || state.doubt) return state
  const deadlines = currentDeadlines(state, config)
  if (!deadlines || at >= deadlines.expiresAt) return state
  if (at < deadlines.warnAt || deadlines.endsBy === 'absolute') return recordActivity(state, at)
  if (config.extendOn === 'button') return state
  if (state.extending) {
    return at > state.extending.at ? { ...state, extending: { ...state.extending, at } } : state
  }
  const sendAt = Math.max(now, deadlines.warnAt + graceMs)
  return wishToStay(state, at, sendAt, step)
}

export function wishToStay(state: State, at: number, sendAt: number, step: Step): State {
  const extending = { at, sendAt, showAt: sendAt + quietMs, failed: false }
  const facts = { ...state.facts, wish: at }
  return share({ ...state, facts, extending }, step)
}

export function recordActivity(state: State, at: number): State {
  const { facts, ownActivity } = state
  if (ownActivity !== null && at <= ownActivity) return state
  const lastActivity = Math.max(at, facts.lastActivity ?? at)
  return { ...state, facts: { ...facts, lastActivity }, ownActivity: at }
}

/** A hold counts as activity just before the warning would be due, and once when it runs out. */
export function countHold(state: State, step: Step): State {
  const { heldUntil, doubt } = state
  if (heldUntil === null || doubt) return state
  const deadlines = currentDeadlines(state, step.config)
  if (!deadlines) return state
  const over = step.due(heldUntil)
  const matters = step.due(deadlines.askBeforeWarning)
  if (!over && !matters) return state
  const counted = countInput(state, Math.min(step.now, heldUntil), step)
  return over ? { ...counted, heldUntil: null } : counted
}

/** Shares the first activity at once, later activity when due, the last when the user leaves. */
export function shareActivity(state: State, isLeaving: boolean, step: Step): State {
  const { ownActivity, sharedUpTo, facts } = state
  if (ownActivity === null || facts.session === null || facts.ended) return state
  const isNew = ownActivity > sharedUpTo
  const shared =
    isNew && (isLeaving || step.now >= shareDueAt(state, step)) ? share(state, step) : state
  // Wake up to collect input that the source has held back, and to share it.
  const newest = Math.min(shared.sharedUpTo, shared.sharedAt - maxThrottleMs)
  if (ownActivity > newest) step.due(shareDueAt(shared, step))
  return shared
}

/**
 * When to share this tab's activity. Each message wakes all tabs, so it can wait up to `lead`: the
 * other tabs need it only before they would ask the server themselves. If their warning is closer
 * than that (an answer may have given them older activity), the message is sent before it.
 */
export function shareDueAt(state: State, { config }: Pick<Step, 'config'>): number {
  const { sharedAt, sharedUpTo, facts } = state
  if (sharedUpTo === -Infinity) return sharedUpTo
  const { confirmed } = facts
  // The other tabs don't know what this tab has learned from hints since.
  const known = confirmed && {
    ...confirmed,
    lastActivity: Math.min(confirmed.lastActivity, sharedUpTo),
  }
  const shared = { ...facts, lastActivity: sharedUpTo, confirmed: known }
  const theirs = currentDeadlines({ ...state, facts: shared }, config)
  const rarely = sharedAt + Math.max(shareEveryMs, theirs?.lead ?? 0)
  // Activity does not move an absolute end.
  if (!theirs || theirs.endsBy === 'absolute') return rarely
  return Math.min(rarely, theirs.warnAt - theirs.lead / 2)
}

/** Shares this tab's activity again if another tab, perhaps a new one, does not know it. */
export function resendActivity(state: State, theirs: Facts): State {
  const { ownActivity, sharedUpTo, facts } = state
  if (ownActivity === null || ownActivity !== facts.lastActivity) return state
  const known = theirs.lastActivity
  return known !== null && known < sharedUpTo - shareEveryMs
    ? { ...state, sharedUpTo: known }
    : state
}

export function share(state: State, { now, emit }: Step): State {
  emit({ type: 'share' })
  return { ...state, sharedAt: now, sharedUpTo: state.facts.lastActivity ?? -Infinity }
}

/** When to report this tab's own activity to the server; `null` if the server knows it. */
export function reportDueAt(state: State, { config }: Pick<Step, 'config'>): number | null {
  const { ownActivity, reportedUpTo, facts } = state
  const { confirmed } = facts
  if (ownActivity === null || !confirmed || config.judge === 'browser') return null
  if (ownActivity <= Math.max(reportedUpTo, confirmed.lastActivity)) return null
  const { warnAfter } = confirmed.policy
  const interval =
    warnAfter === false ? config.reportEvery : Math.min(config.reportEvery, warnAfter / 2)
  return Math.max(state.reportedAt, confirmed.lastActivity) + interval
}
