import { type Event, initialState, type State } from '../../../src/core/decide/state.js'
import { transition } from '../../../src/core/decide/transition.js'
import type { Config } from '../../../src/core/options/config.js'
import { defaultPolicy } from '../../../src/protocol/policy.js'
import type { Verdict } from '../../../src/protocol/verdict.js'

export const shortPolicy = { warnAfter: 60_000, expireAfter: 120_000 }

export const config: Config = {
  policy: { ...defaultPolicy, ...shortPolicy },
  judge: 'server',
  extendOn: 'activity',
  whenUnreachable: 'local',
  hideWhileChecking: false,
  subject: 'ada',
  signedIn: null,
  reportEvery: 60_000,
  pingTimeout: 5_000,
  jitter: 0,
}

/** The answer to the background request with this id. */
export const answered = (id: number, sentAt: number, verdict: Verdict): Event => {
  return { type: 'answered', lane: 'background', id, sentAt, verdict }
}

/** The state of a tab after these events, each at its moment. */
export const stateAfter = (events: readonly [number, Event][]): State =>
  events.reduce((state, [now, event]) => transition(state, event, now, config).state, initialState)
