import type { Config } from '../options/config.js'
import { countHold, countInput, reportDueAt, share, shareActivity } from './activity.js'
import { abortAll, defer, dropTimedOut, sendBackground, wantDueAnswers } from './asking.js'
import { dropMoments } from './clockTrust.js'
import { deadlinesOf } from './deadlines.js'
import { meetDeadline, ownFacts, saveBeforeEnd } from './ending.js'
import { extend, pursueExtension, refuse } from './extending.js'
import { isOlder, withUnreported } from './facts.js'
import { onAnswer } from './onAnswer.js'
import { doubtPerson, onHint } from './onHint.js'
import { onMessage } from './onMessage.js'
import { confirmedSince } from './selectors.js'
import { pursueSignOut, signOut, signOutAnswered } from './signingOut.js'
import { type Effect, type Event, initialState, type State } from './state.js'
import { type Step, want } from './step.js'

/** The result of one event. */
export interface Transition {
  /** The same reference if nothing changed. */
  readonly state: State
  readonly effects: readonly Effect[]
  /** The next moment at which time alone may change something; `null` if there is none. */
  readonly wakeAt: number | null
}

/**
 * The one function that decides what happens. Pure: the same state, event, moment and config give
 * the same result.
 *
 * It first evaluates what is due by now, then applies the event, then evaluates what the event has
 * made due.
 */
export function transition(before: State, event: Event, now: number, config: Config): Transition {
  const effects: Effect[] = []
  let wakeAt = Infinity
  const step: Step = {
    now,
    config,
    emit: (effect) => effects.push(effect),
    due: (moment) => {
      if (moment === null || moment <= now) return moment !== null
      wakeAt = Math.min(wakeAt, moment)
      return false
    },
  }

  /** Evaluates until nothing more is due. The last round sets `wakeAt`: it saw the final state. */
  function settle(unsettled: State): State {
    for (let current = unsettled; ; ) {
      wakeAt = Infinity
      const next = evaluate(current, step)
      if (next === current) return current
      current = next
    }
  }

  // After the clock was set back, no earlier moment can be compared with now.
  const evaluated = event.type === 'setBack' ? before : settle(before)
  const applied = apply(evaluated, event, step)
  const decided = applied === evaluated ? evaluated : settle(applied)
  // Share last, so that the message contains everything this transition learned.
  const state = shareActivity(decided, event.type === 'leaving', step)
  return { state, effects, wakeAt: wakeAt === Infinity ? null : wakeAt }
}

function evaluate(before: State, step: Step): State {
  if (!before.running) return before
  let state = dropTimedOut(before, step)
  state = pursueSignOut(state, step)
  if (!state.facts.ended) {
    state = countHold(state, step)
    state = meetDeadline(state, step)
    if (!state.facts.ended) state = saveBeforeEnd(state, step)
    state = wantDueAnswers(state, step)
    state = pursueExtension(state, step)
  }
  return sendBackground(state, step)
}

function apply(state: State, event: Event, step: Step): State {
  if (event.type === 'started') return start(event, step)
  if (!state.running) return event.type === 'extend' ? refuse(state, step) : state
  switch (event.type) {
    case 'stopped':
      abortAll(state, step)
      return initialState
    case 'woke':
      return state
    case 'setBack':
      return dropMoments(state, step)
    case 'returned':
      return retryNow(state, step)
    case 'revisited':
      return askOnRevisit(retryNow(state, step), step)
    case 'restored':
      return restore(state, step)
    case 'leaving':
      return sendLastReport(state, step)
    case 'input':
      return countInput(state, event.at, step)
    case 'held':
      return { ...state, heldUntil: event.until }
    case 'message':
      return onMessage(state, event.facts, step)
    case 'answered':
      return onAnswer(state, event, step)
    case 'hint':
      return onHint(state, event, step)
    case 'otherPerson':
      return doubtPerson(state, step)
    case 'deferred':
      return state.asks.background?.id === event.id ? defer(state, step) : state
    case 'extend':
      return extend(state, step)
    case 'check':
      // Also after the end: somebody may have signed in again.
      return step.config.judge === 'browser' || state.wanted !== null
        ? state
        : want(state, step.now)
    case 'signOut':
      return signOut(state, step)
    case 'signOutAnswered':
      return signOutAnswered(state, event.outcome, step)
    case 'discarded':
      return state.facts.ended ? { ...state, discarded: true } : state
  }
}

function start(event: Extract<Event, { type: 'started' }>, step: Step): State {
  const { now, config } = step
  const { remembered, initial } = event
  const state: State = { ...initialState, running: true }
  if (config.judge === 'browser') {
    const facts = remembered ?? ownFacts(now, step)
    // A sign-in that is over stays over. The other tabs know it already.
    return facts.ended ? { ...state, facts } : share({ ...state, facts, wasActive: true }, step)
  }
  if (initial && !isOlder(initial, remembered)) {
    return share({ ...state, facts: withUnreported(initial, remembered), wasActive: true }, step)
  }
  const deadlines = remembered && deadlinesOf(remembered, config.policy)
  const past = deadlines !== null && now >= deadlines.expiresAt
  const covered = config.hideWhileChecking || past
  return { ...want(state, now), remembered, doubt: { kind: 'start', covered, failures: 0 } }
}

/**
 * The problem may be gone, so retry at once, without back-off. After the end, drop the requests
 * under way: if the page was frozen, an old answer may still be waiting, and it must not revive the
 * session.
 */
function retryNow(state: State, step: Step): State {
  if (state.wanted === null) return state
  return { ...(state.facts.ended ? abortAll(state, step) : state), retryAt: null }
}

/**
 * A tab becomes visible and focused within this many ms. That is one return and needs one request.
 */
const oneReturnMs = 500

/** Asks the server: another person may have signed in meanwhile, on a page without this library. */
function askOnRevisit(state: State, step: Step): State {
  const since = step.now - oneReturnMs
  const { facts, doubt } = state
  if (step.config.judge === 'browser' || facts.ended || doubt) return state
  return confirmedSince(state, since) ? state : want(state, since)
}

function restore(state: State, { now }: Step): State {
  if (state.facts.ended || state.doubt?.kind === 'person') return state
  const doubt = { kind: 'restored', covered: true, failures: 0 } as const
  return { ...want(state, now), doubt, retryAt: null, waiting: null }
}

function sendLastReport(state: State, step: Step): State {
  const { facts, doubt, extending, ownActivity } = state
  if (facts.session === null || facts.ended || doubt) return state
  const unreported = extending?.at ?? (reportDueAt(state, step) === null ? null : ownActivity)
  if (unreported === null || step.config.judge === 'browser') return state
  step.emit({ type: 'lastReport', session: facts.session, upTo: unreported })
  return { ...state, reportedUpTo: unreported }
}
