import { isThenable } from '../async/awaitable.js'

/** What is used of a store of express-session or @fastify/session. */
export interface AppSessionStore {
  destroy(id: string, done: (error?: unknown) => void): unknown
}

/**
 * Takes a session out of the app's own store, for `onEnd`. Such stores tell of a failure through a
 * callback alone; this rejects then, so that `onEnd` is called again.
 */
export function destroySession(store: AppSessionStore, id: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const returned = store.destroy(id, (error) => (error ? reject(error) : resolve()))
    if (!isThenable(returned)) return
    // A store that takes a callback has done its work when it calls that; its promise may come first.
    const takesCallback = store.destroy.length > 1
    returned.then(() => takesCallback || resolve(), reject)
  })
}
