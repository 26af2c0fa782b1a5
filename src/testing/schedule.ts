/** Runs callbacks at moments of true time, and those of the same moment in the order of `add`. */
export interface Schedule {
  /** True time in ms since the simulation started. */
  now(): number
  /** Runs `run` after `delay` ms. Returns a function that cancels it. */
  add(delay: number, run: () => void): () => void
  /** Lets `duration` ms pass, runs every callback that comes due, and calls `after` after each. */
  pass(duration: number, after: () => void): Promise<void>
}

interface Entry {
  at: number
  order: number
  run: () => void
}

export function createSchedule(): Schedule {
  let now = 0
  let added = 0
  const entries: Entry[] = []

  function earliest(until: number): Entry | null {
    let first: Entry | null = null
    for (const entry of entries) {
      if (entry.at > until) continue
      if (!first || entry.at < first.at || (entry.at === first.at && entry.order < first.order)) {
        first = entry
      }
    }
    return first
  }

  function forget(entry: Entry): void {
    const index = entries.indexOf(entry)
    if (index >= 0) entries.splice(index, 1)
  }

  return {
    now: () => now,
    add: (delay, run) => {
      const entry = { at: now + Math.max(0, delay), order: added, run }
      added += 1
      entries.push(entry)
      return () => forget(entry)
    },
    pass: async (duration, after) => {
      const until = now + duration
      for (let next = earliest(until); next; next = earliest(until)) {
        forget(next)
        now = Math.max(now, next.at)
        next.run()
        await settle()
        after()
      }
      now = until
      after()
    },
  }
}

/**
 * Lets settled promises continue. 12 turns are enough for the longest chain, a request through the
 * mutex.
 */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await null
}
