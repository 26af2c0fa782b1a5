import type { Config } from '../options/config.js'
import type { Effect, State } from './state.js'

/** What all functions of one transition get. */
export interface Step {
  readonly now: number
  readonly config: Config
  readonly emit: (effect: Effect) => void
  /** Has this moment come? If it has not, the tab wakes up for it. `null` never comes. */
  readonly due: (moment: number | null) => boolean
}

/**
 * Asks for an answer to a request sent at or after `since`. A newer request cancels the back-off.
 */
export function want(state: State, since: number): State {
  if (state.wanted !== null && state.wanted >= since) return state
  return { ...state, wanted: since, retryAt: null }
}
