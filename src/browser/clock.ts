import type { Clock } from '../core/environment.js'

/** Less than this apart, in ms, the two clocks merely tick differently. */
const tolerance = 20

/**
 * One clock out of two. The wall clock runs through sleep but can be set; the monotonic one can't
 * be set but, on most systems, stops in sleep. Time passed is the larger of both differences, so
 * sleep counts, a step back loses and prolongs nothing, and a step forward looks like sleep: the
 * server is asked.
 */
export function createClock(): BrowserClock {
  let apart = Date.now() - performance.now()
  let slept = 0

  function sample(): void {
    const difference = Date.now() - performance.now() - apart
    if (Math.abs(difference) <= tolerance) return
    if (difference > 0) slept += difference
    apart += difference
  }

  return {
    now: () => {
      sample()
      return performance.now() + slept
    },
    wall: () => Date.now(),
    pageStart: () => slept,
    // Not sampled anew: an event from before a sleep must not seem to come from after it.
    momentOf: (timeStamp) => timeStamp + slept,
  }
}

export interface BrowserClock extends Clock {
  /** The moment of an event's `timeStamp`, by what was last known of sleep: never too late. */
  momentOf(timeStamp: number): number
}
