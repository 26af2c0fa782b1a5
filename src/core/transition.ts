import { absorbAnswer, absorbHeard, absorbHint } from './absorb.js'
import {
  countHold,
  countInput,
  recordActivity,
  reportDueAt,
  share,
  shareActivity,
  wishToStay,
} from './activity.js'
import { abortAll, defer, dropTimedOut, send, sendScheduled, wantDueAnswers } from './asking.js'
import { backoff } from './backoff.js'
import type { Config } from './config.js'
import { deadlinesOf } from './deadlines.js'
import { end, meetDeadline, ownFacts, saveBeforeEnd } from './ending.js'
import { type Effect, type Event, initialState, type State } from './state.js'
import { currentDeadlines, judgesItself, type Turn, want } from './turn.js'

/**
 * The one function that decides. Pure: the same state, event, moment and config give the same
 * result, and the same reference where nothing changed.
 *
 * It looks before it counts: first it judges what the time that passed has made of the session,
 * then the event, then what the event made due.
 */
export function transition(
  before: State,
  event: Event,
  now: number,
  config: Config,
): [State, readonly Effect[]] {
  const effects: Effect[] = []
  const turn: Turn = { now, config, emit: (effect) => effects.push(effect) }
  // By a clock that was set back nothing can be judged.
  const looked = event.type === 'setBack' ? before : evaluate(before, turn)
  const counted = apply(looked, event, turn)
  const decided = counted === looked ? looked : evaluate(counted, turn)
  // Last: what is told is all that is known by then.
  return [shareActivity(decided, turn), effects]
}

function evaluate(before: State, turn: Turn): State {
  if (!before.running) return before
  let state = dropTimedOut(before, turn)
  state = pursueSignOut(state, turn)
  if (!state.facts.ended) {
    state = countHold(state, turn)
    state = meetDeadline(state, turn)
    if (!state.facts.ended) state = saveBeforeEnd(state, turn)
    state = wantDueAnswers(state, turn)
    state = pursueExtension(state, turn)
  }
  return sendScheduled(state, turn)
}

function apply(state: State, event: Event, turn: Turn): State {
  if (event.type === 'started') return start(event, turn)
  if (!state.running) return event.type === 'extend' ? refuse(state, turn) : state
  switch (event.type) {
    case 'stopped':
      abortAll(state, turn)
      return initialState
    case 'woke':
      return state
    case 'setBack':
      return distrustTimes(state, turn)
    case 'returned':
      // Whatever stood in the way may be gone: no back-off now.
      return state.wanted === null ? state : { ...state, retryAt: null }
    case 'restored':
      return restore(state, turn)
    case 'leaving':
      return sayFarewell(state, turn)
    case 'input':
      return countInput(state, event.at, turn)
    case 'held':
      return { ...state, heldUntil: event.until }
    case 'heard':
      return absorbHeard(state, event.facts, turn)
    case 'answered':
      return absorbAnswer(state, event, turn)
    case 'learned':
      return absorbHint(state, event, turn)
    case 'deferred':
      return state.asks.scheduled?.id === event.id ? defer(state, turn) : state
    case 'extend':
      return extend(state, turn)
    case 'check':
      // Of what is over, too: somebody may have signed in again.
      return turn.config.judge === 'browser' || state.wanted !== null
        ? state
        : want(state, turn.now)
    case 'signOut':
      return signOut(state, turn)
    case 'signOutAnswered':
      return signOutAnswered(state, event.confirmed, turn)
    case 'discarded':
      return state.facts.ended ? { ...state, discarded: true } : state
  }
}

function start(event: Extract<Event, { type: 'started' }>, turn: Turn): State {
  const { now, config } = turn
  const { remembered, initial } = event
  const state: State = { ...initialState, running: true }
  if (config.judge === 'browser') {
    return share({ ...state, facts: remembered ?? ownFacts(now, turn), wasActive: true }, turn)
  }
  if (initial) return share({ ...state, facts: initial, wasActive: true }, turn)
  const deadlines = remembered && deadlinesOf(remembered, config.policy)
  const past = deadlines !== null && now >= deadlines.expiresAt
  const covered = config.hideWhileChecking || past
  return { ...want(state, now), remembered, doubt: { kind: 'start', covered, failures: 0 } }
}

/**
 * Sleep may hide behind a clock that was set back, and then activity would seem too recent. The
 * server's answer takes the place of all moments known so far; without one they have to serve.
 */
function distrustTimes(state: State, { now, config }: Turn): State {
  const { facts, doubt } = state
  if (config.judge === 'browser' || facts.ended || doubt) return state
  return {
    ...want(state, now),
    retryAt: null,
    remembered: facts,
    facts: { ...facts, lastActivity: null, wish: null, confirmed: null },
    ownActivity: null,
    doubt: { kind: 'start', covered: false, failures: 0 },
  }
}

function restore(state: State, { now }: Turn): State {
  if (state.facts.ended || state.doubt?.kind === 'person') return state
  const doubt = { kind: 'restored', covered: true, failures: 0 } as const
  return { ...want(state, now), doubt, retryAt: null, waiting: null }
}

function sayFarewell(state: State, turn: Turn): State {
  const { facts, doubt, extending, ownActivity } = state
  if (facts.session === null || facts.ended || doubt) return state
  const unreported = extending?.at ?? (reportDueAt(state, turn) === null ? null : ownActivity)
  if (unreported === null || turn.config.judge === 'browser') return state
  turn.emit({ type: 'farewell', session: facts.session, upTo: unreported })
  return { ...state, reportedUpTo: unreported }
}

function extend(state: State, turn: Turn): State {
  const { now, config } = turn
  const deadlines = currentDeadlines(state, config)
  if (state.facts.ended) {
    turn.emit({ type: 'extension', result: 'ended' })
    return state
  }
  const helps = deadlines?.endsBy === 'idle' || (deadlines && now < deadlines.warnAt)
  if (state.doubt || !helps) return refuse(state, turn)
  // A request under way already asks for this.
  if (state.asks.personal) return state
  const counted = now < deadlines.warnAt ? recordActivity(state, now) : state
  return wishToStay(counted, now, now, turn)
}

function refuse(state: State, { emit }: Turn): State {
  emit({ type: 'extension', result: 'failed' })
  return state
}

function pursueExtension(state: State, turn: Turn): State {
  const { extending, asks } = state
  const { now, config } = turn
  if (!extending || state.doubt) return state
  if (judgesItself(state, config) && (extending.failed || now >= extending.sendAt)) {
    const extended = recordActivity({ ...state, extending: null }, extending.at)
    turn.emit({ type: 'extension', result: 'extended' })
    return config.judge === 'browser' ? extended : want(extended, now)
  }
  if (asks.personal || now < extending.sendAt) return state
  return send(state, 'personal', extending.at, false, turn)
}

function signOut(state: State, turn: Turn): State {
  if (state.facts.ended) return state
  const ended = end(state, 'signed-out', 'verdict', turn)
  return turn.config.judge === 'browser' ? ended : sendSignOut(ended, 0, turn)
}

function sendSignOut(state: State, failures: number, { now, config, emit }: Turn): State {
  emit({ type: 'end', session: state.facts.session })
  return { ...state, signingOut: { failures, timeoutAt: now + config.pingTimeout, retryAt: null } }
}

function signOutAnswered(state: State, confirmed: boolean, { now, config }: Turn): State {
  if (!state.signingOut) return state
  if (confirmed) {
    const { facts } = state
    // What was asked until now may yet be answered with what this has ended.
    const ended = facts.ended && { ...facts.ended, at: now }
    return { ...state, signingOut: null, facts: { ...facts, ended } }
  }
  const failures = state.signingOut.failures + 1
  const retryAt = now + backoff(failures, config.jitter)
  return { ...state, signingOut: { failures, timeoutAt: null, retryAt } }
}

function pursueSignOut(state: State, turn: Turn): State {
  const { signingOut } = state
  if (!signingOut) return state
  const { failures, timeoutAt, retryAt } = signingOut
  if (retryAt !== null && turn.now >= retryAt) return sendSignOut(state, failures, turn)
  if (timeoutAt === null || turn.now < timeoutAt) return state
  turn.emit({ type: 'abort', lane: 'end' })
  return signOutAnswered(state, false, turn)
}
