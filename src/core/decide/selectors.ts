import type { Config } from '../options/config.js'
import { type Deadlines, deadlinesOf } from './deadlines.js'
import type { State } from './state.js'

/**
 * One failed request can be an accident. If the retry fails too, the server counts as unreachable.
 */
export const failuresToUnreachable = 2

export function isUnreachable(state: State): boolean {
  return state.failures >= failuresToUnreachable
}

/** Does this browser decide by its own facts: always, or until the server answers again? */
export function judgesItself(state: State, config: Config): boolean {
  if (config.judge === 'browser') return true
  return config.whenUnreachable === 'local' && isUnreachable(state)
}

export function currentDeadlines(state: State, config: Config): Deadlines | null {
  const { facts } = state
  if (config.whenUnreachable === 'close' && isUnreachable(state) && facts.confirmed) {
    return deadlinesOf({ ...facts, lastActivity: facts.confirmed.lastActivity }, config.policy)
  }
  return deadlinesOf(facts, config.policy)
}

/** How long (ms) before the end the app is told to save. */
const saveAheadMs = 10_000

export function saveAt({ warnAt, expiresAt }: Deadlines): number {
  return expiresAt - Math.min(saveAheadMs, (expiresAt - warnAt) / 2)
}

/** An answer to a request sent up to half a `lead` early still counts. */
export function earliestUsefulAnswer(moment: number, lead: number): number {
  return moment - lead / 2
}

export function confirmedSince(state: State, moment: number): boolean {
  return state.facts.confirmed !== null && state.facts.confirmed.sentAt >= moment
}
