import { absorbFacts, isSameSession } from './absorbFacts.js'
import { resendActivity } from './activity.js'
import { dropBackground } from './asking.js'
import { end } from './ending.js'
import type { Facts } from './facts.js'
import type { State } from './state.js'
import { type Step, want } from './step.js'

/** Takes in the facts that another tab has shared. */
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
  if (step.config.judge === 'browser') return adoptLatestSignIn(state, theirs, step)
  // Tabs share the cookie: an answer to another tab's request counts here if it was sent later.
  if (doubt?.kind === 'start' && state.wanted !== null && theirs.confirmed.sentAt >= state.wanted) {
    return absorbFacts(state, theirs, step)
  }
  if (doubt?.kind === 'start' && facts.session === null) return remember(state, theirs)
  // Perhaps somebody has signed in in that tab. Only the server can tell.
  const lastKnown = facts.ended?.since ?? facts.confirmed?.sentAt ?? Infinity
  const { sentAt } = theirs.confirmed
  if (sentAt <= Math.max(lastKnown, state.wanted ?? -Infinity)) return state
  // The server can be reached again. Drop the request under way: it was sent before that sign-in.
  return want({ ...dropBackground(state, step), failures: 0, refused: null }, sentAt)
}

/** Without a server to ask, the latest sign-in counts. */
function adoptLatestSignIn(state: State, theirs: Facts, step: Step): State {
  const began = ({ confirmed }: Facts) => confirmed?.sentAt ?? -Infinity
  return began(theirs) > began(state.facts) ? absorbFacts(state, theirs, step) : state
}

/** Keeps facts from before this tab's first answer. They count later if the session is the same. */
function remember(state: State, theirs: Facts): State {
  const known = state.remembered?.confirmed
  const isOlder = known && theirs.confirmed && theirs.confirmed.sentAt < known.sentAt
  return isOlder ? state : { ...state, remembered: theirs }
}
