import type { RecordedReason } from './store.js'

/** Is called when something happens to a session. Sessions are named by their key in the store. */
export interface EndsListener {
  ended(key: string, reason: RecordedReason): void
  /** The session goes on under another key: its id was renewed. */
  renewed(key: string, renewedAs: string): void
  /** The session may end earlier than before, because its limits changed. */
  changed(key: string): void
}

const listenersOf = new WeakMap<object, Set<EndsListener>>()

/**
 * Reports at once what this process does to the sessions of a store, without asking the store. It
 * works while the store's subscription is lost, and for every handler that shares the store.
 */
export function localEnds(store: object): EndsListener & {
  listen(listener: EndsListener): () => void
} {
  const listeners = listenersOf.get(store) ?? new Set()
  listenersOf.set(store, listeners)
  const each = (tell: (listener: EndsListener) => void) => {
    for (const listener of [...listeners]) tell(listener)
  }
  return {
    ended: (key, reason) => each((listener) => listener.ended(key, reason)),
    renewed: (key, renewedAs) => each((listener) => listener.renewed(key, renewedAs)),
    changed: (key) => each((listener) => listener.changed(key)),
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
