import { share } from './activity.js'
import { backoff } from './backoff.js'
import { end } from './ending.js'
import { isSamePerson } from './facts.js'
import type { SignOutOutcome, State } from './state.js'
import type { Turn } from './turn.js'
import type { ActiveVerdict } from './verdict.js'

/** Over at once for this tab and the others, and tried until the server confirms it. */
export function signOut(state: State, turn: Turn): State {
  if (state.facts.ended) return state
  const ended = end(state, 'signed-out', 'verdict', turn)
  return turn.config.judge === 'browser' ? ended : send(ended, state.facts.session, 0, turn)
}

function send(state: State, session: string | null, failures: number, turn: Turn): State {
  turn.emit({ type: 'end', session })
  const timeoutAt = turn.now + turn.config.pingTimeout
  return { ...state, signingOut: { session, failures, timeoutAt, retryAt: null } }
}

export function signOutAnswered(state: State, outcome: SignOutOutcome, turn: Turn): State {
  const { signingOut } = state
  if (!signingOut) return state
  if (outcome === 'failed') return fail(state, signingOut.session, turn)
  if (outcome !== 'confirmed') return endTheOther(state, outcome, turn)
  const { facts } = state
  // A question under way may yet be answered with what this has ended.
  const ended = facts.ended && { ...facts.ended, at: turn.now }
  return { ...state, signingOut: null, facts: { ...facts, ended } }
}

/**
 * The cookie belongs to another session, so nothing has ended. The same person's is what the sign-out
 * is meant for; another person's is not for this page to end, and the page is loaded anew for them.
 */
function endTheOther(state: State, living: ActiveVerdict, turn: Turn): State {
  const { facts, signingOut } = state
  const tried = signingOut?.session ?? null
  const session = living.session ?? ''
  const subject = living.subject ?? turn.config.subject
  const isOwn = facts.session === null || session === facts.session
  if (!isOwn && !isSamePerson(facts, { subject })) {
    turn.emit({ type: 'reload' })
    return fail(state, tried, turn)
  }
  // The other tabs show this session: it is over for them, too.
  const known = share({ ...state, facts: { ...facts, session, subject } }, turn)
  // At once only for the first other session, or a strange server would be asked without a pause.
  const isNew = session !== tried && signingOut?.failures === 0
  return isNew ? send(known, session, 0, turn) : fail(known, session, turn)
}

/** Not confirmed: tried again after a back-off, and the page stays covered. */
function fail(state: State, session: string | null, { now, config }: Turn): State {
  const failures = (state.signingOut?.failures ?? 0) + 1
  const retryAt = now + backoff(failures, config.jitter)
  return { ...state, signingOut: { session, failures, timeoutAt: null, retryAt } }
}

export function pursueSignOut(state: State, turn: Turn): State {
  const { signingOut } = state
  if (!signingOut) return state
  const { session, failures, timeoutAt, retryAt } = signingOut
  if (retryAt !== null && turn.now >= retryAt) return send(state, session, failures, turn)
  if (timeoutAt === null || turn.now < timeoutAt) return state
  turn.emit({ type: 'abort', lane: 'end' })
  return fail(state, session, turn)
}
