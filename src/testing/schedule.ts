/** What is due at a moment of true time, run in order; ties in the order they were added. */
export interface Schedule {
  /** True time in ms since the beginning. */
  now(): number
  /** Runs it after `delay` ms; returns the way to forget it. */
  add(delay: number, run: () => void): () => void
  /** Lets `duration` ms pass, running what comes due, and calls `after` behind each. */
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

/** Lets promises that are done go on; the longest chain here is a question through the mutex. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await null
}
