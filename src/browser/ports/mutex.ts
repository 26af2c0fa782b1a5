import type { Mutex } from '../../core/run/environment.js'
import { openChannel } from './channel.js'

/** The mutex is held this much longer (ms) than the task, so that its message reaches the other tabs first. */
const lingerMs = 50

/** Without Web Locks each tab waits a random time up to this (ms), and listens for other tabs. */
const maxDelayMs = 150

/** Two tabs may claim the mutex at once. Wait this long (ms) for rival claims; the lowest number wins. */
const crossingMs = 30

/** The claim of a tab that went silent expires after this time (ms). */
const maxClaimMs = 10_000

/** Lets one tab at a time ask the server. It saves requests; correctness does not depend on it. */
export function createPingMutex(name: string): Mutex {
  return globalThis.navigator?.locks ? lockMutex(name, navigator.locks) : claimMutex(name)
}

function lockMutex(name: string, locks: LockManager): Mutex {
  let lastLock: Promise<boolean> | null = null

  return {
    tryRun: async (task) => {
      // This tab's own lock is held a little longer than its answer took. Wait for it, but not for ever.
      if (lastLock) await Promise.race([lastLock, pause(2 * lingerMs)])
      const own = locks.request(name, { ifAvailable: true }, async (lock) => {
        if (!lock) return false
        await task()
        await pause(lingerMs)
        return true
      })
      lastLock = own
      try {
        return await own
      } finally {
        if (lastLock === own) lastLock = null
      }
    },
    close: () => {},
  }
}

/**
 * Web Locks need a secure context, and plain http on an intranet is none. There each tab waits a
 * random time, announces its claim, and gives up if another tab was quicker.
 */
function claimMutex(name: string): Mutex {
  const channel = openChannel(`${name}:ping`, receive)
  let own: number | null = null
  let heldUntil = 0
  /** Another tab has claimed the mutex since this tab began to wait. */
  let outdone = false

  function post(claim: number | 'release'): void {
    try {
      channel.post(claim)
    } catch {
      // The channel was closed. The claim expires by itself.
    }
  }

  function receive(data: unknown): void {
    if (data === 'release') heldUntil = 0
    if (typeof data !== 'number' || (own !== null && own < data)) return
    outdone = true
    heldUntil = performance.now() + maxClaimMs
  }

  return {
    tryRun: async (task) => {
      if (performance.now() < heldUntil) return false
      outdone = false
      await pause(Math.random() * maxDelayMs)
      if (outdone) return false
      own = Math.random()
      post(own)
      await pause(crossingMs)
      const ahead = !outdone
      if (ahead) {
        await task()
        await pause(lingerMs)
        post('release')
      }
      own = null
      return ahead
    },
    close: () => channel.close(),
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
