import type { ActiveVerdict } from '../../protocol/verdict.js'
import { share } from './activity.js'
import { backoff } from './backoff.js'
import { end } from './ending.js'
import { isSamePerson } from './facts.js'
import type { SigningOut, SignOutOutcome, State } from './state.js'
import type { Step } from './step.js'

/** Ends the session at once in all tabs, and asks the server until it confirms the sign-out. */
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
  // A request under way may still return "active" for this session. Moving `at` makes it stale.
  const ended = facts.ended && { ...facts.ended, at: step.now }
  return { ...state, signingOut: null, facts: { ...facts, ended } }
}

/**
 * The cookie belongs to another session, so the server has ended nothing. If it is the same
 * person's, the sign-out is meant for it, too. If it is another person's, the page reloads instead.
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
  // The other tabs show that session. It is over for them, too.
  const known = share({ ...state, facts: { ...facts, session, subject } }, step)
  // Repeat at once only the first time, or a faulty server would be asked in an endless loop.
  return session === tried.session || tried.repeated
    ? fail(known, { ...tried, session }, step)
    : send(known, { ...tried, session, repeated: true }, step)
}

/**
 * The server has not confirmed the sign-out. Tries again after a back-off; the page stays covered.
 */
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
