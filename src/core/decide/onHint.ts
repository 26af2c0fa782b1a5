import type { Config } from '../options/config.js'
import { merge } from './absorbFacts.js'
import { deadlinesOf } from './deadlines.js'
import type { Facts } from './facts.js'
import type { Event, State } from './state.js'
import { type Step, want } from './step.js'

/** A hint's times may differ by this much (ms): rounding. By more, and limits or clocks changed. */
const toleranceMs = 1_000

type Hint = Extract<Event, { type: 'hint' }>

/** Shortest time (ms) between two requests because of hints that don't fit. */
const askEveryMs = 5_000

/**
 * Takes in a hint from a response to the app's own request. If it does not fit what this tab knows,
 * the tab asks the server.
 *
 * Caches and service workers replay old responses. So a hint only counts if the store judged it
 * later than everything this tab knows, and its times count from that moment. Its activity is never
 * reported to the server as if it had been seen in this tab.
 */
export function onHint(state: State, hint: Hint, step: Step): State {
  const { facts, doubt } = state
  const { session, subject, sentAt, idle, remaining } = hint
  if (isOfAnother(facts, { session, subject }, step.config)) return doubtPerson(state, step)
  const known = facts.confirmed
  if (facts.ended || doubt || !known || !facts.session) return state
  if (session !== facts.session) return askAboutHint(state, step)
  const at = hint.at ?? null
  if (at === null || known.at === null || at <= known.at) return state
  const judgedAt = known.sentAt + at - known.at
  // A moment in the future: the store's clock was set, or something else wrote the header.
  if (judgedAt > step.now + toleranceMs) return askAboutHint(state, step)
  const moment = Math.min(sentAt, judgedAt)
  const lastActivity = idle === null ? known.lastActivity : moment - idle
  const confirmed = { ...known, sentAt: moment, at, lastActivity }
  const end = deadlinesOf({ ...facts, lastActivity, confirmed }, step.config.policy)?.expiresAt
  const fits = end === undefined || moment + remaining > end - toleranceMs
  return fits ? merge(state, { ...facts, confirmed }, step) : askAboutHint(state, step)
}

/**
 * Does the response belong to another person than the page? If one of the two is not known, another
 * session counts as another person.
 */
export function isOfAnother(
  { session, subject }: Facts,
  answer: Pick<Hint, 'session' | 'subject'>,
  { judge }: Config,
): boolean {
  // Without a handle there is nothing to compare.
  if (judge === 'browser' || !session) return false
  if (subject !== null && answer.subject) return answer.subject !== subject
  return answer.session !== session
}

/** Another person may be signed in. Covers the page until the server has said who it is. */
export function doubtPerson(state: State, step: Step): State {
  if (state.facts.ended || state.doubt?.covered || step.config.judge === 'browser') return state
  const askAt = Math.max(step.now, state.askedAboutHintAt + askEveryMs)
  return {
    ...want(state, step.now),
    doubt: { kind: 'other', covered: true, failures: 0 },
    waiting: null,
    retryAt: askAt > step.now ? askAt : null,
    askedAboutHintAt: askAt,
  }
}

function askAboutHint(state: State, step: Step): State {
  if (step.now < state.askedAboutHintAt + askEveryMs) return state
  return { ...want(state, step.now), askedAboutHintAt: step.now }
}
