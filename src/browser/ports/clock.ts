import { combineClocks } from '../../core/combineClocks.js'
import type { Clock } from '../../core/run/environment.js'
import { rendersOnServer } from '../document/rendersOnServer.js'

export interface BrowserClock extends Clock {
  /** An event's `timeStamp` as a moment on this clock. */
  momentOf(timeStamp: number): number
}

/** On a server that renders, the time is never read: Next.js does not prerender a page that depends on it. */
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
