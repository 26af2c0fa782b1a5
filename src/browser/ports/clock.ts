import { combineClocks } from '../../core/combineClocks.js'
import type { Clock } from '../../core/run/environment.js'

export interface BrowserClock extends Clock {
  /** The moment of an event's `timeStamp`. */
  momentOf(timeStamp: number): number
}

export function createClock(): BrowserClock {
  const clock = combineClocks(
    () => Date.now(),
    () => performance.now(),
  )
  return {
    ...clock,
    wall: () => Date.now(),
    // `performance.now()` counts from the navigation, which began before its request was sent.
    pageStart: () => clock.momentOf(0),
  }
}
