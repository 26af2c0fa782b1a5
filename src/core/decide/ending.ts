import type { Reason } from '../session.js'
import { recordActivity, share } from './activity.js'
import { abortAll } from './asking.js'
import { deadlinesOf } from './deadlines.js'
import { type Facts, factsOf, newestActivity } from './facts.js'
import {
  confirmedSince,
  currentDeadlines,
  earliestUsefulAnswer,
  failuresToUnreachable,
  judgesItself,
  saveAt,
} from './selectors.js'
import type { State } from './state.js'
import { type Step, want } from './step.js'

/**
 * Ends the session for this tab. `by`:
 *
 * - `verdict`: the server said so, the user signed out, or this browser is the judge. Only such an
 *   end is shared: a tab that missed messages must not sign out the others.
 * - `hearsay`: another tab shared its end
 * - `derivation`: this tab worked it out from the facts and the time
 */
export function end(
  state: State,
  reason: Reason,
  by: 'verdict' | 'hearsay' | 'derivation',
  step: Step,
  since = step.now,
): State {
  const { extending, facts } = state
  if (extending) step.emit({ type: 'extension', result: 'ended' })
  const next: State = {
    ...abortAll(state, step),
    facts: { ...facts, ended: { reason, at: step.now, since, verdict: by !== 'derivation' } },
    doubt: null,
    wanted: null,
    retryAt: null,
    waiting: null,
    extending: null,
    heldUntil: null,
    discarded: false,
  }
  return by === 'verdict' && facts.session !== null ? share(next, step) : next
}

/** The server may round the time that it extended to by up to this many ms. */
const roundingMs = 1_000

/**
 * At the deadline: ends the session if a recent answer confirms it, else covers the page and asks.
 */
export function meetDeadline(state: State, step: Step): State {
  const { config } = step
  const { doubt } = state
  if (doubt && doubt.failures >= failuresToUnreachable) return giveUp(state, step)
  if (doubt?.kind === 'start') return coverIfRememberedPast(state, step)
  if (doubt?.kind === 'deadline' || doubt?.kind === 'person') return state

  const deadlines = currentDeadlines(state, config)
  if (!deadlines || !step.due(deadlines.expiresAt)) return state
  if (config.judge === 'browser') return end(state, deadlines.endsBy, 'verdict', step)
  const answered = confirmedSince(
    state,
    earliestUsefulAnswer(deadlines.askBeforeEnd, deadlines.lead),
  )
  const { wish } = state.facts
  const wished = wish !== null && wish - roundingMs > (newestActivity(state.facts) ?? wish)
  if (answered && !wished) return end(state, deadlines.endsBy, 'derivation', step)
  return doubtDeadline(state, step)
}

/** Tells the app to save while the session still lives, once per warning. */
export function saveBeforeEnd(state: State, { config, emit, due }: Step): State {
  const deadlines = currentDeadlines(state, config)
  if (!deadlines || state.doubt) return state
  if (!due(deadlines.warnAt)) return state.saved ? { ...state, saved: false } : state
  if (state.saved || !due(saveAt(deadlines))) return state
  emit({ type: 'save' })
  return { ...state, saved: true }
}

export function doubtDeadline(state: State, { now }: Step): State {
  const doubt = { kind: 'deadline', covered: true, failures: 0 } as const
  return { ...want(state, now), doubt, retryAt: null }
}

/** The server answered neither the request nor its retry. */
function giveUp(state: State, step: Step): State {
  switch (state.doubt?.kind) {
    case 'deadline':
      return giveUpAtDeadline(state, step)
    case 'start':
      return giveUpAtStart(state, step)
    default:
      // The page stays covered until the server answers or the page's own deadline comes.
      return pastDeadline(state, step) ? end(state, 'unreachable', 'derivation', step) : state
  }
}

function giveUpAtDeadline(state: State, step: Step): State {
  const { extending } = state
  if (!extending || !judgesItself(state, step.config)) {
    return end(state, 'unreachable', 'derivation', step)
  }
  const extended = recordActivity({ ...state, doubt: null, extending: null }, extending.at)
  if (pastDeadline(extended, step)) return end(state, 'unreachable', 'derivation', step)
  step.emit({ type: 'extension', result: 'extended' })
  return extended
}

function giveUpAtStart(state: State, step: Step): State {
  const { now, config } = step
  const { remembered, doubt } = state
  if (remembered === null) {
    if (config.whenUnreachable === 'close') return end(state, 'unreachable', 'derivation', step)
    // `hideWhileChecking` covers the first load until there is an answer.
    if (doubt?.covered) return state
    return { ...state, doubt: null, wasActive: true, facts: ownFacts(now, step) }
  }
  const known: State = { ...state, facts: remembered }
  if (pastDeadline(known, step)) return end(state, 'unreachable', 'derivation', step)
  if (config.hideWhileChecking) return state
  return { ...known, remembered: null, doubt: null, wasActive: true }
}

/** Facts to start from if this browser is the judge, or has to judge because no server answers. */
export function ownFacts(now: number, { config }: Pick<Step, 'config'>): Facts {
  const { policy } = config
  const absoluteRemaining = policy.absoluteTimeout === false ? null : policy.absoluteTimeout
  const remaining = policy.expireAfter === false ? (absoluteRemaining ?? 0) : policy.expireAfter
  const facts = factsOf({ state: 'active', remaining, idle: 0, absoluteRemaining }, now, config)
  const { signedIn } = config
  return signedIn
    ? { ...facts, session: signedIn.id, subject: signedIn.subject }
    : { ...facts, session: null }
}

function coverIfRememberedPast(state: State, { config, due }: Step): State {
  const { doubt, remembered } = state
  if (!doubt || doubt.covered || !remembered) return state
  const deadlines = deadlinesOf(remembered, config.policy)
  if (!deadlines || !due(deadlines.expiresAt)) return state
  return { ...state, doubt: { ...doubt, covered: true } }
}

function pastDeadline(state: State, { config, due }: Step): boolean {
  const deadlines = currentDeadlines(state, config)
  return deadlines !== null && due(deadlines.expiresAt)
}
