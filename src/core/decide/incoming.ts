import type { EndedVerdict, Verdict } from '../../protocol/verdict.js'
import { resendActivity, share } from './activity.js'
import { abortAll, dropBackground, fail, withAsk } from './asking.js'
import { doubtDeadline, end } from './ending.js'
import { type Facts, factsOf, isOlder, isSamePerson, mergeFacts, withUnreported } from './facts.js'
import { confirmedSince, currentDeadlines } from './selectors.js'
import { initialState, type Lane, type State } from './state.js'
import { type Step, want } from './step.js'

export interface Answer {
  lane: Lane
  id: number
  sentAt: number
  verdict: Verdict
}

/** An answer to this tab's own question. */
export function onAnswer(state: State, { lane, id, sentAt, verdict }: Answer, step: Step): State {
  const ask = state.asks[lane]?.id === id ? state.asks[lane] : null
  const answered = ask ? withAsk(state, lane, null) : state
  switch (verdict.state) {
    case 'active': {
      const facts = factsOf(verdict, sentAt, step.config)
      // Given up on, or asked before somebody signed in elsewhere: it brings nothing back.
      const isStale = ask === null || (state.wanted !== null && sentAt < state.wanted)
      const { ended, session } = state.facts
      const isOther = session !== null && session !== facts.session
      if (isStale && (ended || isOther)) return answered
      if (isOlder(facts, state.facts)) return ask ? absorbOlder(answered, lane, step) : answered
      const absorbed = absorbFacts(reported(answered, ask?.upTo ?? null, sentAt), facts, step)
      return absorbed.facts.ended || absorbed.doubt?.kind === 'person'
        ? absorbed
        : share(absorbed, step)
    }
    case 'ended':
      return absorbEnd(answered, verdict, step)
    case 'unknown':
      // One given up on was counted as a failure then.
      return ask ? fail(answered, lane, step, verdict) : answered
  }
}

/**
 * An answer that is older than what is known changes nothing. Where one is still wanted the question
 * counts as failed, unless what is newer has settled it meanwhile.
 */
function absorbOlder(answered: State, lane: Lane, step: Step): State {
  const state = settleExtension(answered, step)
  const isWaitedFor = lane === 'background' ? state.wanted !== null : state.extending !== null
  return isWaitedFor ? fail(state, lane, step) : state
}

/** What another tab knows. */
export function onMessage(state: State, theirs: Facts, step: Step): State {
  const { facts, doubt } = state
  if (doubt?.kind === 'person') return state
  if (isSameSession(state, theirs, step)) {
    if (!theirs.ended) {
      return facts.ended ? state : absorbFacts(resendActivity(state, theirs), theirs, step)
    }
    const { reason, since } = theirs.ended
    return facts.ended ? state : end(state, reason, 'hearsay', step, since)
  }
  if (theirs.ended || !theirs.confirmed) return state
  if (step.config.judge === 'browser') return hearSignIn(state, theirs, step)
  // The cookie that answered them is this tab's too, if it was asked about after this tab began.
  if (doubt?.kind === 'start' && state.wanted !== null && theirs.confirmed.sentAt >= state.wanted) {
    return absorbFacts(state, theirs, step)
  }
  if (doubt?.kind === 'start' && facts.session === null) return remember(state, theirs)
  // Perhaps somebody signed in there: only the server can say, and it answers again.
  const lastKnown = facts.ended?.since ?? facts.confirmed?.sentAt ?? Infinity
  const { sentAt } = theirs.confirmed
  if (sentAt <= Math.max(lastKnown, state.wanted ?? -Infinity)) return state
  // The server answers, and no question from before can tell.
  return want({ ...dropBackground(state, step), failures: 0, refused: null }, sentAt)
}

/** There is no server to ask who is signed in now: it is whoever signed in last. */
function hearSignIn(state: State, theirs: Facts, step: Step): State {
  const began = ({ confirmed }: Facts) => confirmed?.sentAt ?? -Infinity
  return began(theirs) > began(state.facts) ? absorbFacts(state, theirs, step) : state
}

/** Told before this tab knows its session: counts once the server has answered, if it is the same. */
function remember(state: State, theirs: Facts): State {
  const known = state.remembered?.confirmed
  const isOlder = known && theirs.confirmed && theirs.confirmed.sentAt < known.sentAt
  return isOlder ? state : { ...state, remembered: theirs }
}

/** Facts confirmed by the server, in an answer to this tab or to another. */
function absorbFacts(state: State, theirs: Facts, step: Step): State {
  const { facts } = state
  if (isSameSession(state, theirs, step)) {
    // Nothing revives what is over, a server that answers again included.
    return facts.ended ? answeredAfterEnd(state) : merge(state, theirs, step)
  }
  if (facts.session === null) return adopt(state, theirs, step)
  if (isSamePerson(facts, theirs)) {
    // Whoever has signed out here is not signed in again by it: that sign-out is still to come.
    return state.signingOut ? { ...state, wanted: null } : adopt(state, theirs, step)
  }
  step.emit({ type: 'reload' })
  const doubt = { kind: 'person', covered: true, failures: 0 } as const
  return { ...abortAll(state, step), doubt, wanted: null, extending: null, waiting: null }
}

/**
 * Where the back end has no handles, or the page was over before it learned its own, a session that
 * is active after the end can only be taken for a new sign-in: unless the server has yet to confirm
 * that this tab signed out.
 */
function isSameSession({ facts, signingOut }: State, theirs: Facts, { config }: Step): boolean {
  const { session, ended } = facts
  const unnamed = session === null ? ended !== null : session === '' && theirs.session === ''
  if (!unnamed || config.judge === 'browser') return theirs.session === session
  if (!ended || signingOut || theirs.ended || !theirs.confirmed) return true
  return theirs.confirmed.sentAt <= ended.at
}

/** A session new to this tab: its first one, or a new sign-in of the same person. */
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

/** More about the session that this tab knows. */
export function merge(state: State, theirs: Facts, step: Step): State {
  const facts = mergeFacts(state.facts, theirs)
  if (facts === state.facts && state.failures === 0 && !state.doubt) return clearWanted(state, step)
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
  // Another tab was quicker, while this one perhaps still waits for the mutex.
  return { ...dropBackground(state, step), wanted: null, waiting: null, retryAt: null }
}

/** Closes when the server has the activity, or when another tab or device was quicker. */
function settleExtension(state: State, step: Step): State {
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

function reported(state: State, upTo: number | null, sentAt: number): State {
  if (upTo === null || upTo <= state.reportedUpTo) return state
  return { ...state, reportedUpTo: upTo, reportedAt: sentAt }
}

/** It brings nothing back, but the server can be reached. */
function answeredAfterEnd(state: State): State {
  return { ...state, wanted: null, failures: 0, retryAt: null }
}

function absorbEnd(state: State, { reason, session }: EndedVerdict, step: Step): State {
  const own = state.facts.session
  if (state.facts.ended) return answeredAfterEnd(state)
  const other = session !== undefined && own !== null && session !== own
  // The cookie jar may hold a newer sign-in by now: asked once more, and covered meanwhile.
  if (own !== null && !state.askedTwice && (other || reason === 'unknown')) {
    return { ...doubtDeadline(state, step), askedTwice: true }
  }
  return end(state, other ? 'unknown' : reason, 'verdict', step)
}
