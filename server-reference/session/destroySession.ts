import { isThenable } from '../async/awaitable.js'

/** The part of a store of express-session or @fastify/session that is used. */
export interface AppSessionStore {
  destroy(id: string, done: (error?: unknown) => void): unknown
}

/**
 * Removes a session from the app's own store, for `onEnd`. Such stores report a failure to a
 * callback only. This function rejects then, so that `onEnd` is called again.
 */
export function destroySession(store: AppSessionStore, id: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const returned = store.destroy(id, (error) => (error ? reject(error) : resolve()))
    if (!isThenable(returned)) return
    // A store with a callback has finished when it calls that. Its promise may resolve earlier.
    const takesCallback = store.destroy.length > 1
    returned.then(() => takesCallback || resolve(), reject)
  })
}
