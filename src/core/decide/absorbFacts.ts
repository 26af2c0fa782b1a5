import { abortAll, dropBackground } from './asking.js'
import { type Facts, isSamePerson, mergeFacts, withUnreported } from './facts.js'
import { confirmedSince, currentDeadlines } from './selectors.js'
import { initialState, type State } from './state.js'
import type { Step } from './step.js'

/** Takes in facts that the server confirmed, in an answer to this tab or to another. */
export function absorbFacts(state: State, theirs: Facts, step: Step): State {
  const { facts } = state
  if (isSameSession(state, theirs, step)) {
    // Nothing revives a session that is over, not even a server that answers again.
    return facts.ended ? answeredAfterEnd(state) : merge(state, theirs, step)
  }
  if (facts.session === null) return adopt(state, theirs, step)
  if (isSamePerson(facts, theirs)) {
    // The user has signed out here and the server has yet to confirm it: don't show a new session.
    return state.signingOut ? { ...state, wanted: null } : adopt(state, theirs, step)
  }
  step.emit({ type: 'reload' })
  const doubt = { kind: 'person', covered: true, failures: 0 } as const
  return { ...abortAll(state, step), doubt, wanted: null, extending: null, waiting: null }
}

/**
 * Back ends without handles can't tell two sessions apart, and neither can a page whose session was
 * over before it learned its handle. So an "active" answer after the end counts as a new sign-in,
 * unless the server has yet to confirm this tab's own sign-out.
 */
export function isSameSession(
  { facts, signingOut }: State,
  theirs: Facts,
  { config }: Step,
): boolean {
  const { session, ended } = facts
  const unnamed = session === null ? ended !== null : session === '' && theirs.session === ''
  if (!unnamed || config.judge === 'browser') return theirs.session === session
  if (!ended || signingOut || theirs.ended || !theirs.confirmed) return true
  return theirs.confirmed.sentAt <= ended.at
}

/** Takes over a session new to this tab: its first one, or a new sign-in of the same person. */
function adopt(state: State, theirs: Facts, step: Step): State {
  abortAll(state, step)
  return {
    ...initialState,
    running: true,
    lastAskId: state.lastAskId,
    heldUntil: state.heldUntil,
    facts: withUnreported(theirs, state.remembered),
    wasActive: true,
  }
}

/** Merges newer facts about the session that this tab already knows. */
export function merge(state: State, theirs: Facts, step: Step): State {
  const facts = mergeFacts(state.facts, theirs)
  const isNews = facts !== state.facts || state.failures > 0
  if (!isNews && !state.doubt && !state.extending) return clearWanted(state, step)
  const answered = theirs.confirmed !== null && facts.confirmed === theirs.confirmed
  const merged: State = answered
    ? {
        ...state,
        facts,
        wasActive: true,
        failures: 0,
        refused: null,
        retryAt: null,
        askedTwice: false,
      }
    : { ...state, facts }
  return clearDoubt(settleExtension(clearWanted(merged, step), step), step)
}

function clearWanted(state: State, step: Step): State {
  if (state.wanted === null || !confirmedSince(state, state.wanted)) return state
  // Another tab got the answer. This tab may still wait for the mutex.
  return { ...dropBackground(state, step), wanted: null, waiting: null, retryAt: null }
}

/** Closes `extending` when the server has the activity, or another tab or device has extended. */
export function settleExtension(state: State, step: Step): State {
  const { extending, reportedUpTo } = state
  const deadlines = currentDeadlines(state, step.config)
  if (!extending || !deadlines) return state
  const granted = reportedUpTo >= extending.at
  if (!granted && (state.asks.user || step.now >= deadlines.warnAt)) return state
  step.emit({ type: 'extension', result: 'extended' })
  return { ...state, extending: null }
}

function clearDoubt(state: State, step: Step): State {
  const { doubt, wanted } = state
  if (!doubt) return state
  const deadlines = currentDeadlines(state, step.config)
  const extended = doubt.kind === 'deadline' && deadlines !== null && step.now < deadlines.expiresAt
  return extended || wanted === null
    ? { ...state, doubt: null, wanted: null, waiting: null }
    : state
}

/** The answer does not revive the session. It only shows that the server can be reached. */
export function answeredAfterEnd(state: State): State {
  return { ...state, wanted: null, failures: 0, retryAt: null }
}
