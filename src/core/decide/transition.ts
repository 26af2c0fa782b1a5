import type { Config } from '../options/config.js'
import { countHold, countInput, reportDueAt, share, shareActivity } from './activity.js'
import { abortAll, defer, dropTimedOut, sendScheduled, wantDueAnswers } from './asking.js'
import { dropMoments } from './clockTrust.js'
import { deadlinesOf } from './deadlines.js'
import { meetDeadline, ownFacts, saveBeforeEnd } from './ending.js'
import { extend, pursueExtension, refuse } from './extending.js'
import { isOlder, withUnreported } from './facts.js'
import { absorbHint, doubtPerson } from './hints.js'
import { absorbAnswer, absorbHeard } from './incoming.js'
import { pursueSignOut, signOut, signOutAnswered } from './signingOut.js'
import { type Effect, type Event, initialState, type State } from './state.js'
import { confirmedSince, type Turn, want } from './turn.js'

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
  return [shareActivity(decided, event.type === 'leaving', turn), effects]
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
      return dropMoments(state, turn)
    case 'returned':
      return goOn(state, turn)
    case 'revisited':
      return lookAgain(goOn(state, turn), turn)
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
    case 'otherPerson':
      return doubtPerson(state, turn)
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
      return signOutAnswered(state, event.outcome, turn)
    case 'discarded':
      return state.facts.ended ? { ...state, discarded: true } : state
  }
}

function start(event: Extract<Event, { type: 'started' }>, turn: Turn): State {
  const { now, config } = turn
  const { remembered, initial } = event
  const state: State = { ...initialState, running: true }
  if (config.judge === 'browser') {
    const facts = remembered ?? ownFacts(now, turn)
    // A sign-in that is over stays over, and nobody has to be told.
    return facts.ended ? { ...state, facts } : share({ ...state, facts, wasActive: true }, turn)
  }
  if (initial && !isOlder(initial, remembered)) {
    return share({ ...state, facts: withUnreported(initial, remembered), wasActive: true }, turn)
  }
  const deadlines = remembered && deadlinesOf(remembered, config.policy)
  const past = deadlines !== null && now >= deadlines.expiresAt
  const covered = config.hideWhileChecking || past
  return { ...want(state, now), remembered, doubt: { kind: 'start', covered, failures: 0 } }
}

/**
 * Whatever stood in the way may be gone: no back-off now. Where the page was frozen, an answer may
 * have waited with it, and what is over is brought back by none from before.
 */
function goOn(state: State, turn: Turn): State {
  if (state.wanted === null) return state
  return { ...(state.facts.ended ? abortAll(state, turn) : state), retryAt: null }
}

/** Being shown and getting the focus are one return, and need one answer: this long apart, in ms. */
const oneReturn = 500

/** Somebody else may have signed in meanwhile, on a page that tells the others nothing. */
function lookAgain(state: State, turn: Turn): State {
  const since = turn.now - oneReturn
  const { facts, doubt } = state
  if (turn.config.judge === 'browser' || facts.ended || doubt) return state
  return confirmedSince(state, since) ? state : want(state, since)
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
