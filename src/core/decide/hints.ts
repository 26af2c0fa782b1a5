import type { Config } from '../options/config.js'
import { deadlinesOf } from './deadlines.js'
import type { Facts } from './facts.js'
import { merge } from './incoming.js'
import type { Event, State } from './state.js'
import { type Turn, want } from './turn.js'

/** Less is left than a hint's policy should give, by more than rounding, in ms: limits changed. */
const hintTolerance = 1_000

type Hint = Extract<Event, { type: 'learned' }>

/** Answers that keep naming another session are asked about no more often than this, in ms. */
const askEvery = 5_000

/**
 * What the app's own requests learn in passing; asked about where it does not fit.
 *
 * Caches and service workers replay old answers. So only what the store judged later than all that
 * is known counts, and from that moment on; and the activity in it is never reported as if it had
 * been seen here.
 */
export function absorbHint(state: State, hint: Hint, turn: Turn): State {
  const { facts, doubt } = state
  const { session, subject, sentAt, idle, remaining } = hint
  if (isOfAnother(facts, { session, subject }, turn.config)) return doubtPerson(state, turn)
  const known = facts.confirmed
  if (facts.ended || doubt || !known || !facts.session) return state
  if (session !== facts.session) return askAboutHint(state, turn)
  const at = hint.at ?? null
  if (at === null || known.at === null || at <= known.at) return state
  const judgedAt = known.sentAt + at - known.at
  // Not judged yet: the store's clock leapt, or it was not the store that wrote the header.
  if (judgedAt > turn.now + hintTolerance) return askAboutHint(state, turn)
  const moment = Math.min(sentAt, judgedAt)
  const lastActivity = idle === null ? known.lastActivity : moment - idle
  const confirmed = { ...known, sentAt: moment, at, lastActivity }
  const end = deadlinesOf({ ...facts, lastActivity, confirmed }, turn.config.policy)?.expiresAt
  const fits = end === undefined || moment + remaining > end - hintTolerance
  return fits ? merge(state, { ...facts, confirmed }, turn) : askAboutHint(state, turn)
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
export function doubtPerson(state: State, turn: Turn): State {
  if (state.facts.ended || state.doubt?.covered || turn.config.judge === 'browser') return state
  const askAt = Math.max(turn.now, state.askedAboutHintAt + askEvery)
  return {
    ...want(state, turn.now),
    doubt: { kind: 'other', covered: true, failures: 0 },
    waiting: null,
    retryAt: askAt > turn.now ? askAt : null,
    askedAboutHintAt: askAt,
  }
}

function askAboutHint(state: State, turn: Turn): State {
  if (turn.now < state.askedAboutHintAt + askEvery) return state
  return { ...want(state, turn.now), askedAboutHintAt: turn.now }
}
