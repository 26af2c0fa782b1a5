import { type EndsListener, localEnds } from '../stores/localEnds.js'
import type { SessionStore } from '../stores/store.js'

export interface Following {
  /** Opens the store's subscription, once. */
  start(): void
  /** Does every end in every process arrive here? */
  isReliable(): boolean
  close(): void
}

/** Listens for ends in this process and, from `start` on, through the store for those in others. */
export function followEnds(
  store: SessionStore,
  listener: EndsListener,
  on: {
    /** From now on no end is missed; before, some may have been. */
    onReliable(): void
    onUnreliable(error?: unknown): void
  },
): Following {
  // A store of this process alone has no other that could end its sessions.
  let isReliable = !store.shared
  let isClosed = false
  let stopStore: (() => void) | null = null
  const stopLocal = localEnds(store).listen(listener)

  return {
    start() {
      if (stopStore !== null || isClosed || !store.shared) return
      stopStore = () => {}
      if (!store.watchEnds) return
      stopStore = store.watchEnds({
        ...listener,
        connected() {
          if (isClosed) return
          isReliable = true
          on.onReliable()
        },
        lost(error) {
          if (isClosed) return
          isReliable = false
          on.onUnreliable(error)
        },
      })
    },
    isReliable: () => isReliable,
    close() {
      isClosed = true
      stopLocal()
      stopStore?.()
    },
  }
}
