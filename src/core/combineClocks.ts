/** Less than this apart, in ms, the two clocks merely tick differently. */
const tolerance = 20

/** A clock that is adjusted little by little is not set, in ms. */
const noticeable = 1_000

/** One clock out of two, in ms. */
export interface CombinedClock {
  now(): number
  /** The moment of a monotonic reading, by what was last known of sleep: never too late. */
  momentOf(reading: number): number
  /**
   * When the wall clock was last found set back, and when sleep or a step of it either way was last
   * found; `-Infinity` if never.
   */
  changes(): { setBackAt: number; leaptAt: number }
}

/**
 * The wall clock runs through sleep but can be set; the monotonic one can't be set but, on most
 * systems, stops in sleep. Time passed is the larger of both differences, so sleep counts, a step
 * back loses and prolongs nothing, and a step forward looks like sleep: the server is asked.
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
      if (Math.abs(difference) > tolerance) {
        if (difference > 0) slept += difference
        apart += difference
        if (Math.abs(difference) > noticeable) {
          leaptAt = reading + slept
          if (difference < 0) setBackAt = leaptAt
        }
      }
      return reading + slept
    },
    // Not looked at anew: an event from before a sleep must not seem to come from after it.
    momentOf: (reading) => reading + slept,
    changes: () => ({ setBackAt, leaptAt }),
  }
}
