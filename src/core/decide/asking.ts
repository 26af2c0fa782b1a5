import { reportDueAt } from './activity.js'
import { backoff } from './backoff.js'
import { confirmedSince, currentDeadlines, earliestUsefulAnswer } from './selectors.js'
import type { Ask, Lane, State } from './state.js'
import { type Step, want } from './step.js'

/** Wants an answer before the warning, before the end, and when unreported activity is due. */
export function wantDueAnswers(state: State, step: Step): State {
  const { now, config } = step
  if (config.judge === 'browser' || state.doubt) return state
  const deadlines = currentDeadlines(state, config)
  if (!deadlines) return state
  const { askBeforeEnd, askBeforeWarning, warnAt, lead } = deadlines
  for (const moment of [askBeforeEnd, askBeforeWarning]) {
    const due = earliestUsefulAnswer(moment, lead)
    if (step.due(moment)) return confirmedSince(state, due) ? state : want(state, due)
  }
  if (now >= warnAt || state.wanted !== null || !step.due(reportDueAt(state, step))) return state
  return want(state, now)
}

/** Sends the wanted request, unless one is under way here or in another tab. */
export function sendBackground(state: State, step: Step): State {
  const { now, config } = step
  const { wanted, retryAt, waiting, facts } = state
  if (wanted === null || config.judge === 'browser' || state.asks.background) return state
  if (retryAt !== null && !step.due(retryAt)) return state
  if (waiting && !step.due(waiting.until)) return state
  // A frozen tab can hold the mutex for ever. Wait no longer than a request may take.
  const throughMutex = !waiting || now - waiting.since < timeoutOf(state, step)
  // A page that does not know its session reports nothing.
  const upTo = facts.session === null ? null : unreportedActivity(state)
  return send(state, 'background', upTo, throughMutex, step)
}

export function send(
  state: State,
  lane: Lane,
  upTo: number | null,
  throughMutex: boolean,
  step: Step,
): State {
  const id = state.lastAskId + 1
  const ask: Ask = { id, upTo, timeoutAt: step.now + timeoutOf(state, step) }
  step.emit({ type: 'ask', lane, id, session: state.facts.session, upTo, throughMutex })
  return { ...withAsk(state, lane, ask), lastAskId: id }
}

/** Gives up on requests that got no answer in time. */
export function dropTimedOut(state: State, step: Step): State {
  let next = state
  for (const lane of ['background', 'user'] as const) {
    const ask = next.asks[lane]
    if (!ask || !step.due(ask.timeoutAt)) continue
    step.emit({ type: 'abort', lane })
    next = fail(next, lane, step)
  }
  return next
}

interface Failure {
  retryAfter?: number | undefined
  refused?: string | null | undefined
}

/** A request failed. It is sent again after a back-off; a failure never ends the session. */
export function fail(
  state: State,
  lane: Lane,
  { now, config, emit }: Step,
  { retryAfter = 0, refused = null }: Failure = {},
): State {
  const { doubt, extending } = state
  const failures = state.failures + 1
  const delay = doubt
    ? // While in doubt, retry soon, no matter how many requests failed before.
      Math.min(config.pingTimeout, backoff(doubt.failures + 1, config.jitter, retryAfter))
    : backoff(failures, config.jitter, retryAfter)
  const next: State = {
    ...withAsk(state, lane, null),
    failures,
    refused,
    retryAt: now + delay,
    waiting: null,
    doubt: doubt && { ...doubt, failures: doubt.failures + 1 },
    // After the end a request is only sent because another tab may have seen a new sign-in.
    wanted: state.facts.ended ? null : state.wanted,
  }
  if (lane !== 'user' || !extending) return next
  emit({ type: 'extension', result: 'failed' })
  return { ...next, extending: { ...extending, failed: true, sendAt: now + delay } }
}

/** Another tab is asking. This tab waits for its facts, and tries again if none come. */
export function defer(state: State, { now, config }: Step): State {
  const since = state.waiting?.since ?? now
  const until = now + 300 + 400 * config.jitter
  return { ...withAsk(state, 'background', null), waiting: { since, until } }
}

export function withAsk(state: State, lane: Lane, ask: Ask | null): State {
  return { ...state, asks: { ...state.asks, [lane]: ask } }
}

export function dropBackground(state: State, { emit }: Step): State {
  if (!state.asks.background) return state
  emit({ type: 'abort', lane: 'background' })
  return withAsk(state, 'background', null)
}

export function abortAll(state: State, { emit }: Step): State {
  const { background, user } = state.asks
  if (background) emit({ type: 'abort', lane: 'background' })
  if (user) emit({ type: 'abort', lane: 'user' })
  return background || user ? { ...state, asks: { background: null, user: null } } : state
}

/**
 * The activity to report; `null` if the server knows it. Activity from the server is not reported
 * back: each round trip would make it look a little newer.
 */
function unreportedActivity({ facts, extending }: State): number | null {
  const { lastActivity, confirmed } = facts
  if (extending) return Math.max(extending.at, lastActivity ?? extending.at)
  return lastActivity !== null && confirmed && lastActivity <= confirmed.lastActivity
    ? null
    : lastActivity
}

/** A request before a deadline has to be answered within `lead`; any other within `pingTimeout`. */
function timeoutOf(state: State, { config }: Step): number {
  const deadlines = state.doubt ? null : currentDeadlines(state, config)
  return deadlines ? Math.min(config.pingTimeout, deadlines.lead) : config.pingTimeout
}
