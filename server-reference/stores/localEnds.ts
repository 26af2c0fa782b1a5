import type { RecordedReason } from './store.js'

/** Told what happens to sessions, by the key that the store has them under. */
export interface EndsListener {
  ended(key: string, reason: RecordedReason): void
  /** The session goes on under another key: its id was renewed. */
  renewed(key: string, renewedAs: string): void
  /** The session may end earlier than it said before: its limits changed. */
  changed(key: string): void
}

const listenersOf = new WeakMap<object, Set<EndsListener>>()

/**
 * What this process itself does to the sessions of a store, told at once and without the store:
 * also while the store's own subscription is lost, and to every handler that shares the store.
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
