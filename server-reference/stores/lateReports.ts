import { steadyClock } from './steadyClock.js'

/** How long a request may take to reach the store, in ms. A later one has no effect. */
export const patience = 1_000

/**
 * Keeps requests from taking effect late, after they lay in a client's queue or before a database
 * that stood still. Each is sent with the last moment for it, by the database's own clock; the time
 * in every reply tells how far that clock is ahead of ours.
 */
export function inTime(): <Reply>(
  /** Counted from now, in ms. */
  within: number,
  /** If the store runs it after `last`, it must change nothing. */
  ask: (last: number) => Promise<Reply>,
  /** The time at which it was carried out, or null where there was nothing to carry out. */
  timeOf: (reply: Reply) => number | null,
) => Promise<Reply> {
  const now = steadyClock()
  let ahead = -Infinity

  return async (within, ask, timeOf) => {
    const sent = now()
    do {
      // Rounded down, so that it is never later than `within`.
      const last = Math.max(0, Math.floor(sent + ahead + within))
      const reply = await ask(last)
      const time = timeOf(reply)
      if (time === null) return reply
      ahead = time - now()
      if (time <= last) return reply
      // The first request of all, or another node, whose clock differs: now its time is known.
    } while (now() - sent < within)
    throw new Error(`The store was reached more than ${Math.round(within)} ms late`)
  }
}
