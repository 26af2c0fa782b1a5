import { backoff } from './backoff.js'
import { end } from './ending.js'
import type { State } from './state.js'
import type { Turn } from './turn.js'

/** Over at once for this tab and the others, and tried until the server confirms it. */
export function signOut(state: State, turn: Turn): State {
  if (state.facts.ended) return state
  const ended = end(state, 'signed-out', 'verdict', turn)
  return turn.config.judge === 'browser' ? ended : sendSignOut(ended, 0, turn)
}

function sendSignOut(state: State, failures: number, { now, config, emit }: Turn): State {
  emit({ type: 'end', session: state.facts.session })
  return { ...state, signingOut: { failures, timeoutAt: now + config.pingTimeout, retryAt: null } }
}

export function signOutAnswered(state: State, confirmed: boolean, { now, config }: Turn): State {
  if (!state.signingOut) return state
  if (confirmed) {
    const { facts } = state
    // What was asked until now may yet be answered with what this has ended.
    const ended = facts.ended && { ...facts.ended, at: now }
    return { ...state, signingOut: null, facts: { ...facts, ended } }
  }
  const failures = state.signingOut.failures + 1
  const retryAt = now + backoff(failures, config.jitter)
  return { ...state, signingOut: { failures, timeoutAt: null, retryAt } }
}

export function pursueSignOut(state: State, turn: Turn): State {
  const { signingOut } = state
  if (!signingOut) return state
  const { failures, timeoutAt, retryAt } = signingOut
  if (retryAt !== null && turn.now >= retryAt) return sendSignOut(state, failures, turn)
  if (timeoutAt === null || turn.now < timeoutAt) return state
  turn.emit({ type: 'abort', lane: 'end' })
  return signOutAnswered(state, false, turn)
}
