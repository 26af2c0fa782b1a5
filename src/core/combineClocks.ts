/** Differences between the two clocks up to this many ms are rounding or drift. */
const toleranceMs = 20

/** Differences up to this many ms are the system's small corrections, not a clock that was set. */
const noticeableMs = 1_000

/** A clock made of two others. Moments in ms. */
export interface CombinedClock {
  now(): number
  /**
   * The moment of a reading of the monotonic clock, given the sleep known so far. Never too late.
   */
  momentOf(reading: number): number
  /**
   * `setBackAt`: when `now` last found that the wall clock was set back. `leaptAt`: when it last
   * found sleep, or that the wall clock was set in either direction. `-Infinity` if never.
   */
  changes(): { setBackAt: number; leaptAt: number }
}

/**
 * The wall clock runs during sleep, but it can be set. The monotonic clock can't be set, but on
 * most systems it stops during sleep. So the time that has passed is the larger of both
 * differences: sleep counts, and setting the wall clock back neither shortens nor prolongs the
 * session. Setting it forward looks like sleep, and the tab asks the server.
 */
export function combineClocks(wall: () => number, monotonic: () => number): CombinedClock {
  let apart = wall() - monotonic()
  let slept = 0
  let setBackAt = -Infinity
  let leaptAt = -Infinity
  return {
    now: () => {
      const reading = monotonic()
      const difference = wall() - reading - apart
      if (Math.abs(difference) > toleranceMs) {
        if (difference > 0) slept += difference
        apart += difference
        if (Math.abs(difference) > noticeableMs) {
          leaptAt = reading + slept
          if (difference < 0) setBackAt = leaptAt
        }
      }
      return reading + slept
    },
    // Does not read the clocks again: an event from before a sleep must not seem to come after it.
    momentOf: (reading) => reading + slept,
    changes: () => ({ setBackAt, leaptAt }),
  }
}
