import type { EndedVerdict, Verdict } from '../../protocol/verdict.js'
import { absorbFacts, answeredAfterEnd, settleExtension } from './absorbFacts.js'
import { share } from './activity.js'
import { fail, withAsk } from './asking.js'
import { doubtDeadline, end } from './ending.js'
import { factsOf, isOlder } from './facts.js'
import type { Lane, State } from './state.js'
import type { Step } from './step.js'

export interface Answer {
  lane: Lane
  id: number
  sentAt: number
  verdict: Verdict
}

/** Takes in the answer to this tab's own request. */
export function onAnswer(state: State, { lane, id, sentAt, verdict }: Answer, step: Step): State {
  const ask = state.asks[lane]?.id === id ? state.asks[lane] : null
  const answered = ask ? withAsk(state, lane, null) : state
  switch (verdict.state) {
    case 'active': {
      const facts = factsOf(verdict, sentAt, step.config)
      // The request timed out, or was sent before a sign-in elsewhere. Its answer revives nothing.
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
      // A request that timed out was already counted as a failure.
      return ask ? fail(answered, lane, step, verdict) : answered
  }
}

/**
 * An answer that is older than the known facts changes nothing. If an answer is still needed, the
 * request counts as failed.
 */
function absorbOlder(answered: State, lane: Lane, step: Step): State {
  const state = settleExtension(answered, step)
  const isWaitedFor = lane === 'background' ? state.wanted !== null : state.extending !== null
  return isWaitedFor ? fail(state, lane, step) : state
}

function reported(state: State, upTo: number | null, sentAt: number): State {
  if (upTo === null || upTo <= state.reportedUpTo) return state
  return { ...state, reportedUpTo: upTo, reportedAt: sentAt }
}

function absorbEnd(state: State, { reason, session }: EndedVerdict, step: Step): State {
  const own = state.facts.session
  if (state.facts.ended) return answeredAfterEnd(state)
  const other = session !== undefined && own !== null && session !== own
  // The cookie may belong to a newer sign-in by now. Ask once more, and cover the page meanwhile.
  if (own !== null && !state.askedTwice && (other || reason === 'unknown')) {
    return { ...doubtDeadline(state, step), askedTwice: true }
  }
  return end(state, other ? 'unknown' : reason, 'verdict', step)
}
