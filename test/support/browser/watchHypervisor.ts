import { existsSync, readFileSync } from 'node:fs'

/** What a virtual machine runs on: it gives the processors to others too. */
export interface Hypervisor {
  /** How many ms of processor time it took between two moments (wall clock, ms). */
  took(from: number, to: number): number
  stop(): void
}

/** Looks so often, in ms: a burden on nobody, and short beside what is timed. */
const every = 20

/** Linux counts in hundredths of a second. */
const aTick = 10

/** Linux alone tells what it takes; elsewhere that counts as nothing. */
export function watchHypervisor(): Hypervisor {
  const looks = [look()]
  const timer = setInterval(() => looks.push(look()), every)
  return {
    took(from, to) {
      looks.push(look())
      const before = looks.findLast(({ at }) => at <= from)
      const after = looks.find(({ at }) => at >= to)
      return before && after ? (after.taken - before.taken) * aTick : 0
    },
    stop: () => clearInterval(timer),
  }
}

function look(): { at: number; taken: number } {
  const taken = existsSync('/proc/stat')
    ? Number(readFileSync('/proc/stat', 'utf8').split(/\s+/, 9)[8])
    : 0
  return { at: Date.now(), taken }
}
