import type { Config } from '../options/config.js'
import { merge } from './absorbFacts.js'
import { deadlinesOf } from './deadlines.js'
import type { Facts } from './facts.js'
import type { Event, State } from './state.js'
import { type Step, want } from './step.js'

/** Less is left than a hint's policy should give, by more than rounding, in ms: limits changed. */
const toleranceMs = 1_000

type Hint = Extract<Event, { type: 'hint' }>

/** Answers that keep naming another session are asked about no more often than this, in ms. */
const askEveryMs = 5_000

/**
 * What the app's own requests learn in passing; asked about where it does not fit.
 *
 * Caches and service workers replay old answers. So only what the store judged later than all that
 * is known counts, and from that moment on; and the activity in it is never reported as if it had
 * been seen here.
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
  // Not judged yet: the store's clock leapt, or it was not the store that wrote the header.
  if (judgedAt > step.now + toleranceMs) return askAboutHint(state, step)
  const moment = Math.min(sentAt, judgedAt)
  const lastActivity = idle === null ? known.lastActivity : moment - idle
  const confirmed = { ...known, sentAt: moment, at, lastActivity }
  const end = deadlinesOf({ ...facts, lastActivity, confirmed }, step.config.policy)?.expiresAt
  const fits = end === undefined || moment + remaining > end - toleranceMs
  return fits ? merge(state, { ...facts, confirmed }, step) : askAboutHint(state, step)
}

/**
 * The answer belongs to another person than the page. Where one of the two is not known, another
 * session may be another person's.
 */
export function isOfAnother(
  { session, subject }: Facts,
  answer: Pick<Hint, 'session' | 'subject'>,
  { judge }: Config,
): boolean {
  // A back end without handles can't be compared with.
  if (judge === 'browser' || !session) return false
  if (subject !== null && answer.subject) return answer.subject !== subject
  return answer.session !== session
}

/** Somebody else may be signed in: covered until the server has said who it is. */
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
