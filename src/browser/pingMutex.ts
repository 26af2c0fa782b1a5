import type { Mutex } from '../core/environment.js'

/** Held this much longer than the task, in ms: its message reaches the other tabs first. */
const linger = 50

/** Without Web Locks tabs wait up to this long at random, in ms, and hear who was first. */
const longestDelay = 150

/** A claim of a tab that has gone silent holds no longer than this, in ms. */
const longestClaim = 10_000

/** Lets one tab at a time ask the server; a courtesy, never needed for correctness. */
export function createPingMutex(name: string): Mutex {
  return globalThis.navigator?.locks ? lockMutex(name, navigator.locks) : claimMutex(name)
}

function lockMutex(name: string, locks: LockManager): Mutex {
  return {
    tryRun: (task) =>
      locks.request(name, { ifAvailable: true }, async (lock) => {
        if (!lock) return false
        await task()
        await pause(linger)
        return true
      }),
    close: () => {},
  }
}

/**
 * Web Locks need a secure context, which a plain http intranet is not. There each tab waits a
 * random moment, announces itself, and gives way to whoever was quicker.
 */
function claimMutex(name: string): Mutex {
  const channel = new BroadcastChannel(`${name}:ping`)
  let heldUntil = 0
  channel.onmessage = (event) => {
    heldUntil = event.data === 'claim' ? performance.now() + longestClaim : 0
  }
  return {
    tryRun: async (task) => {
      await pause(Math.random() * longestDelay)
      if (performance.now() < heldUntil) return false
      channel.postMessage('claim')
      await task()
      await pause(linger)
      try {
        channel.postMessage('release')
      } catch {
        // Closed meanwhile: the claim runs out by itself.
      }
      return true
    },
    close: () => channel.close(),
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
