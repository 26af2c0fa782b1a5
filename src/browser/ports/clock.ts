import { combineClocks } from '../../core/combineClocks.js'
import type { Clock } from '../../core/run/environment.js'
import { rendersOnServer } from '../document/rendersOnServer.js'

export interface BrowserClock extends Clock {
  /** The moment of an event's `timeStamp`. */
  momentOf(timeStamp: number): number
}

/** A server that renders does not look at the time: Next.js prerenders no page that depends on it. */
const wall = rendersOnServer ? () => 0 : () => Date.now()

export function createClock(): BrowserClock {
  const clock = combineClocks(wall, () => performance.now())
  return {
    ...clock,
    wall,
    // `performance.now()` counts from the navigation, which began before its request was sent.
    pageStart: () => clock.momentOf(0),
  }
}
