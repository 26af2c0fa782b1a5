import { steadyClock } from './steadyClock.js'

/** How long a report may be under way to the store, in ms: one that took longer would count as new. */
const patience = 1_000

/**
 * Keeps reports from being carried out late, as one is that lay in a client's queue or before a
 * database that stood still. Each is sent with the last moment for it, by the database's own clock;
 * how far that is ahead of ours, the time in every reply tells.
 */
export function inTime(): <Reply>(
  /** What comes after `last` has to leave the session as it was. */
  ask: (last: number) => Promise<Reply>,
  /** The time at which it was carried out, or null where there was nothing to carry out. */
  timeOf: (reply: Reply) => number | null,
) => Promise<Reply> {
  const now = steadyClock()
  let ahead = -Infinity

  return async (ask, timeOf) => {
    const sent = now()
    do {
      const last = Math.max(0, Math.ceil(sent + ahead + patience))
      const reply = await ask(last)
      const time = timeOf(reply)
      if (time === null) return reply
      ahead = time - now()
      if (time <= last) return reply
      // The first of all, or another node, whose clock differs: now its time is known.
    } while (now() - sent < patience)
    throw new Error(`The store was reached more than ${patience} ms late`)
  }
}
