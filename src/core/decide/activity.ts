import type { Config } from '../options/config.js'
import type { Facts } from './facts.js'
import { currentDeadlines } from './selectors.js'
import type { State } from './state.js'
import type { Step } from './step.js'

/**
 * What the user's input is kept from flashing the warning for: it stays at least this long, in ms,
 * so that whoever was moving the mouse sees what happened.
 */
const graceMs = 200

/** A quick answer shows no "extending" before it, in ms. */
const quietMs = 300

/** Other tabs hear of activity at most this often, in ms. */
const shareEveryMs = 1_000

/** How long a source of input may keep what it sees to itself, in ms. */
export const maxThrottleMs = 1_000

/** A warning is answered by the first input. */
export function throttleMs({ facts }: State, isWarning: boolean, config: Config): number {
  if (isWarning) return 0
  const { warnAfter } = facts.confirmed?.policy ?? config.policy
  return warnAfter === false ? maxThrottleMs : Math.min(maxThrottleMs, warnAfter / 4)
}

/** Input at a moment that may lie a little back. */
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

/** A hold counts as activity just before that matters, and once when it runs out. */
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

/** Shares the first activity at once, later activity now and then, and the last when the page is left. */
export function shareActivity(state: State, isLeaving: boolean, step: Step): State {
  const { ownActivity, sharedUpTo, facts } = state
  if (ownActivity === null || facts.session === null || facts.ended) return state
  const isNew = ownActivity > sharedUpTo
  const shared =
    isNew && (isLeaving || step.now >= shareDueAt(state, step)) ? share(state, step) : state
  // Wake up to collect input that the source held back meanwhile, and to share it.
  const newest = Math.min(shared.sharedUpTo, shared.sharedAt - maxThrottleMs)
  if (ownActivity > newest) step.due(shareDueAt(shared, step))
  return shared
}

/**
 * Before they would ask on their own, the other tabs have to know: as long ahead of a deadline as
 * they ask, they may be told late. Each message wakes them all. Where their warning is near already,
 * as after an answer that told them of less, they hear of it in time.
 */
export function shareDueAt(state: State, { config }: Pick<Step, 'config'>): number {
  const { sharedAt, sharedUpTo, facts } = state
  if (sharedUpTo === -Infinity) return sharedUpTo
  const { confirmed } = facts
  // What this tab learned in passing since is not known to them.
  const known = confirmed && {
    ...confirmed,
    lastActivity: Math.min(confirmed.lastActivity, sharedUpTo),
  }
  const told = { ...facts, lastActivity: sharedUpTo, confirmed: known }
  const theirs = currentDeadlines({ ...state, facts: told }, config)
  const rarely = sharedAt + Math.max(shareEveryMs, theirs?.lead ?? 0)
  // No activity moves an absolute end.
  if (!theirs || theirs.endsBy === 'absolute') return rarely
  return Math.min(rarely, theirs.warnAt - theirs.lead / 2)
}

/** A tab that has just opened, or was asking meanwhile, may not have heard of this tab's activity. */
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

/** When this tab's own activity is due to be reported; `null` where the server knows of it. */
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
