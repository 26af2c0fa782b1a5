import type { Event } from '../decide/state.js'
import type { HoldOptions } from '../session.js'
import type { Clock } from './environment.js'

const defaultMaxMs = 3_600_000

/** Holds: what counts as activity without user input (a call, a video, an upload). */
export interface Holds {
  hold(reason: string, options?: HoldOptions): () => void
  /** Tells a session that has just started about holds that are open already. */
  renew(): void
}

export function createHolds(clock: Clock, dispatch: (event: Event) => void): Holds {
  const ends = new Map<symbol, number>()

  function update(): void {
    dispatch({ type: 'held', until: ends.size === 0 ? null : Math.max(...ends.values()) })
  }

  return {
    hold: (reason, { max = defaultMaxMs } = {}) => {
      if (!(max > 0)) {
        throw new RangeError(
          `react-session-security: hold(${JSON.stringify(reason)}) needs a positive \`max\` in ms; received ${max}.`,
        )
      }
      const id = Symbol(reason)
      ends.set(id, clock.now() + max)
      dispatch({ type: 'input', at: clock.now() })
      update()
      return () => {
        if (ends.delete(id)) update()
      }
    },
    renew: () => {
      if (ends.size > 0) update()
    },
  }
}
