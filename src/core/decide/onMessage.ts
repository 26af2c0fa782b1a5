import { absorbFacts, isSameSession } from './absorbFacts.js'
import { resendActivity } from './activity.js'
import { dropBackground } from './asking.js'
import { end } from './ending.js'
import type { Facts } from './facts.js'
import type { State } from './state.js'
import { type Step, want } from './step.js'

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
