import type { Config } from '../options/config.js'
import type { SessionState, Status } from '../session.js'
import { currentDeadlines, isUnreachable } from './selectors.js'
import type { State } from './state.js'

export const disabledView: SessionState = {
  status: 'disabled',
  covered: false,
  reason: null,
  endsBy: 'idle',
  extendable: false,
  extension: 'idle',
  unreachable: false,
  refused: null,
  wasActive: false,
  personChanged: false,
  signOutConfirmed: true,
}

/** What the app sees of the state at this moment; `previous` itself if nothing has changed. */
export function viewOf(
  state: State,
  now: number,
  config: Config,
  previous: SessionState,
): SessionState {
  const next = state.running ? derive(state, now, config) : disabledView
  return isSame(next, previous) ? previous : next
}

/** When the number of whole seconds left changes next; `null` if there is nothing to count. */
export function nextSecondAt(state: State, now: number, config: Config): number | null {
  const seconds = secondsLeftOf(state, now, config)
  const deadlines = currentDeadlines(state, config)
  return deadlines && seconds > 0 ? deadlines.expiresAt - (seconds - 1) * 1_000 : null
}

/** Whole seconds to the end; 0 if no end is known. */
export function secondsLeftOf(state: State, now: number, config: Config): number {
  const deadlines = state.running && !state.facts.ended && currentDeadlines(state, config)
  if (!deadlines || deadlines.expiresAt === Infinity) return 0
  return Math.max(0, Math.ceil((deadlines.expiresAt - now) / 1_000))
}

function derive(state: State, now: number, config: Config): SessionState {
  const { facts, doubt, extending } = state
  const deadlines = currentDeadlines(state, config)
  const shown = extending && now >= extending.showAt
  return {
    status: statusOf(state, now, deadlines?.warnAt ?? Infinity),
    covered: facts.ended ? !state.discarded : (doubt?.covered ?? false),
    reason: facts.ended?.reason ?? null,
    endsBy: deadlines?.endsBy ?? 'idle',
    extendable: !facts.ended && deadlines?.endsBy === 'idle',
    extension: extending?.failed ? 'failed' : shown ? 'pending' : 'idle',
    unreachable: isUnreachable(state),
    refused: state.refused,
    wasActive: state.wasActive,
    personChanged: doubt?.kind === 'person',
    signOutConfirmed: state.signingOut === null,
  }
}

function statusOf({ facts, doubt }: State, now: number, warnAt: number): Status {
  if (facts.ended) return 'expired'
  if (doubt) return 'checking'
  return now >= warnAt ? 'warning' : 'active'
}

function isSame(a: SessionState, b: SessionState): boolean {
  for (const key of Object.keys(a) as (keyof SessionState)[]) {
    if (a[key] !== b[key]) return false
  }
  return true
}
