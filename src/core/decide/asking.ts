import { reportDueAt } from './activity.js'
import { backoff } from './backoff.js'
import type { Ask, Lane, State } from './state.js'
import { confirmedSince, currentDeadlines, dueAnswer, type Turn, want } from './turn.js'

/** Wants an answer before the warning, before the end, and for activity not yet reported. */
export function wantDueAnswers(state: State, turn: Turn): State {
  const { now, config } = turn
  if (config.judge === 'browser' || state.doubt) return state
  const deadlines = currentDeadlines(state, config)
  if (!deadlines) return state
  const { askBeforeEnd, askBeforeWarning, warnAt, lead } = deadlines
  for (const moment of [askBeforeEnd, askBeforeWarning]) {
    const due = dueAnswer(moment, lead)
    if (now >= moment) return confirmedSince(state, due) ? state : want(state, due)
  }
  const reportDue = reportDueAt(state, turn)
  if (reportDue === null || now < reportDue || now >= warnAt || state.wanted !== null) return state
  return want(state, now)
}

/** Sends the wanted question, unless one is under way here or in another tab. */
export function sendScheduled(state: State, turn: Turn): State {
  const { now, config } = turn
  const { wanted, retryAt, waiting, facts } = state
  if (wanted === null || config.judge === 'browser' || state.asks.scheduled) return state
  if (retryAt !== null && now < retryAt) return state
  if (waiting && now < waiting.until) return state
  // A frozen tab holds the mutex for ever: waited for no longer than a question may take.
  const shared = !waiting || now - waiting.since < timeoutOf(state, turn)
  // A page that does not know its session only looks.
  const upTo = facts.session === null ? null : unreportedActivity(state)
  return send(state, 'scheduled', upTo, shared, turn)
}

export function send(
  state: State,
  lane: Lane,
  upTo: number | null,
  shared: boolean,
  turn: Turn,
): State {
  const id = state.lastAskId + 1
  const ask: Ask = { id, upTo, timeoutAt: turn.now + timeoutOf(state, turn) }
  turn.emit({ type: 'ask', lane, id, session: state.facts.session, upTo, shared })
  return { ...withAsk(state, lane, ask), lastAskId: id }
}

/** Gives up on questions without an answer in time. */
export function dropTimedOut(state: State, turn: Turn): State {
  let next = state
  for (const lane of ['scheduled', 'personal'] as const) {
    const ask = next.asks[lane]
    if (!ask || turn.now < ask.timeoutAt) continue
    turn.emit({ type: 'abort', lane })
    next = fail(next, lane, turn)
  }
  return next
}

interface Failure {
  retryAfter?: number | undefined
  refused?: string | null | undefined
}

/** A question that came to nothing: asked again after a back-off, and never read as an end. */
export function fail(
  state: State,
  lane: Lane,
  { now, config, emit }: Turn,
  { retryAfter = 0, refused = null }: Failure = {},
): State {
  const { doubt, extending } = state
  const failures = state.failures + 1
  const delay = doubt
    ? // Who is in doubt waits for one retry, whatever was tried in vain before.
      Math.min(config.pingTimeout, backoff(doubt.failures + 1, config.jitter, retryAfter))
    : backoff(failures, config.jitter, retryAfter)
  const next: State = {
    ...withAsk(state, lane, null),
    failures,
    refused,
    retryAt: now + delay,
    waiting: null,
    doubt: doubt && { ...doubt, failures: doubt.failures + 1 },
    // What is over is asked about only because another tab hinted at a new sign-in.
    wanted: state.facts.ended ? null : state.wanted,
  }
  if (lane !== 'personal' || !extending) return next
  emit({ type: 'extension', result: 'failed' })
  return { ...next, extending: { ...extending, failed: true, sendAt: now + delay } }
}

/** Another tab is asking: its answer will come as a fact, or this tab looks again. */
export function defer(state: State, { now, config }: Turn): State {
  const since = state.waiting?.since ?? now
  const until = now + 300 + 400 * config.jitter
  return { ...withAsk(state, 'scheduled', null), waiting: { since, until } }
}

export function withAsk(state: State, lane: Lane, ask: Ask | null): State {
  return { ...state, asks: { ...state.asks, [lane]: ask } }
}

export function dropScheduled(state: State, { emit }: Turn): State {
  if (!state.asks.scheduled) return state
  emit({ type: 'abort', lane: 'scheduled' })
  return withAsk(state, 'scheduled', null)
}

export function abortAll(state: State, { emit }: Turn): State {
  const { scheduled, personal } = state.asks
  if (scheduled) emit({ type: 'abort', lane: 'scheduled' })
  if (personal) emit({ type: 'abort', lane: 'personal' })
  return scheduled || personal ? { ...state, asks: { scheduled: null, personal: null } } : state
}

/** Nothing is reported that the server has said itself: each way there would move it a little on. */
function unreportedActivity({ facts, extending }: State): number | null {
  const { lastActivity, confirmed } = facts
  if (extending) return Math.max(extending.at, lastActivity ?? extending.at)
  return lastActivity !== null && confirmed && lastActivity <= confirmed.lastActivity
    ? null
    : lastActivity
}

/** A question sent ahead of a deadline has until then; any other the whole `pingTimeout`. */
function timeoutOf(state: State, { config }: Turn): number {
  const deadlines = state.doubt ? null : currentDeadlines(state, config)
  return deadlines ? Math.min(config.pingTimeout, deadlines.lead) : config.pingTimeout
}
