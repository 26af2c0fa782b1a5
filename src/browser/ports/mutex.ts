import type { Mutex } from '../../core/run/environment.js'
import { openChannel } from './channel.js'

/** Held this much longer than the task, in ms: its message reaches the other tabs first. */
const linger = 50

/** Without Web Locks tabs wait up to this long at random, in ms, and hear who was first. */
const longestDelay = 150

/** Two claims may cross on their way: each is listened to that long, in ms, and the lower wins. */
const crossing = 30

/** A claim of a tab that has gone silent holds no longer than this, in ms. */
const longestClaim = 10_000

/** Lets one tab at a time ask the server; a courtesy, never needed for correctness. */
export function createPingMutex(name: string): Mutex {
  return globalThis.navigator?.locks ? lockMutex(name, navigator.locks) : claimMutex(name)
}

function lockMutex(name: string, locks: LockManager): Mutex {
  let turn: Promise<boolean> | null = null

  return {
    tryRun: async (task) => {
      // This tab's last turn outlasts its answer; one that hangs is not waited for.
      if (turn) await Promise.race([turn, pause(2 * linger)])
      const own = locks.request(name, { ifAvailable: true }, async (lock) => {
        if (!lock) return false
        await task()
        await pause(linger)
        return true
      })
      turn = own
      try {
        return await own
      } finally {
        if (turn === own) turn = null
      }
    },
    close: () => {},
  }
}

/**
 * Web Locks need a secure context, which a plain http intranet is not. There each tab waits a
 * random moment, announces itself, and gives way to whoever was quicker.
 */
function claimMutex(name: string): Mutex {
  const channel = openChannel(`${name}:ping`, hear)
  let own: number | null = null
  let heldUntil = 0
  /** Somebody else has asked since this tab began to wait, and may be done by now. */
  let outdone = false

  function post(claim: number | 'release'): void {
    try {
      channel.post(claim)
    } catch {
      // Closed meanwhile: a claim runs out by itself.
    }
  }

  function hear(data: unknown): void {
    if (data === 'release') heldUntil = 0
    if (typeof data !== 'number' || (own !== null && own < data)) return
    outdone = true
    heldUntil = performance.now() + longestClaim
  }

  return {
    tryRun: async (task) => {
      if (performance.now() < heldUntil) return false
      outdone = false
      await pause(Math.random() * longestDelay)
      if (outdone) return false
      own = Math.random()
      post(own)
      await pause(crossing)
      const ahead = !outdone
      if (ahead) {
        await task()
        await pause(linger)
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
