import type { ActiveVerdict } from '../../protocol/verdict.js'
import { share } from './activity.js'
import { backoff } from './backoff.js'
import { end } from './ending.js'
import { isSamePerson } from './facts.js'
import type { SigningOut, SignOutOutcome, State } from './state.js'
import type { Step } from './step.js'

/** Over at once for this tab and the others, and tried until the server confirms it. */
export function signOut(state: State, step: Step): State {
  if (state.facts.ended) return state
  const ended = end(state, 'signed-out', 'verdict', step)
  if (step.config.judge === 'browser') return ended
  return send(ended, { session: state.facts.session, repeated: false, failures: 0 }, step)
}

type Attempt = Pick<SigningOut, 'session' | 'repeated' | 'failures'>

function send(state: State, { session, repeated, failures }: Attempt, step: Step): State {
  step.emit({ type: 'end', session })
  const timeoutAt = step.now + step.config.pingTimeout
  return { ...state, signingOut: { session, repeated, failures, timeoutAt, retryAt: null } }
}

export function signOutAnswered(state: State, outcome: SignOutOutcome, step: Step): State {
  const { signingOut } = state
  if (!signingOut) return state
  if (outcome === 'failed') return fail(state, signingOut, step)
  if (outcome !== 'confirmed') return endTheOther(state, signingOut, outcome, step)
  const { facts } = state
  // A question under way may yet be answered with what this has ended.
  const ended = facts.ended && { ...facts.ended, at: step.now }
  return { ...state, signingOut: null, facts: { ...facts, ended } }
}

/**
 * The cookie belongs to another session, so nothing has ended. The same person's is what the sign-out
 * is meant for; another person's is not for this page to end, and the page is loaded anew for them.
 */
function endTheOther(state: State, tried: Attempt, living: ActiveVerdict, step: Step): State {
  const { facts } = state
  const session = living.session ?? ''
  const subject = living.subject ?? step.config.subject
  const isOwn = facts.session === null || session === facts.session
  if (!isOwn && !isSamePerson(facts, { subject })) {
    step.emit({ type: 'reload' })
    return fail(state, tried, step)
  }
  // The other tabs show this session: it is over for them, too.
  const known = share({ ...state, facts: { ...facts, session, subject } }, step)
  // At once only the first time, or a strange server would be asked without a pause.
  return session === tried.session || tried.repeated
    ? fail(known, { ...tried, session }, step)
    : send(known, { ...tried, session, repeated: true }, step)
}

/** Not confirmed: tried again after a back-off, and the page stays covered. */
function fail(state: State, attempt: Attempt, { now, config }: Step): State {
  const failures = attempt.failures + 1
  const retryAt = now + backoff(failures, config.jitter)
  return { ...state, signingOut: { ...attempt, failures, timeoutAt: null, retryAt } }
}

export function pursueSignOut(state: State, step: Step): State {
  const { signingOut } = state
  if (!signingOut) return state
  const { timeoutAt, retryAt } = signingOut
  if (step.due(retryAt)) return send(state, signingOut, step)
  if (!step.due(timeoutAt)) return state
  step.emit({ type: 'abort', lane: 'end' })
  return fail(state, signingOut, step)
}
