import { type EndsListener, localEnds } from '../stores/localEnds.js'
import type { SessionStore } from '../stores/store.js'

export interface Following {
  /** Opens the store's subscription. Later calls do nothing. */
  start(): void
  /** Is every end in every process reported here? */
  isReliable(): boolean
  close(): void
}

/** Reports ends in this process and, from `start` on, ends in other processes through the store. */
export function followEnds(
  store: SessionStore,
  listener: EndsListener,
  on: {
    /** From now on no end is missed. Some may have been missed before. */
    onReliable(): void
    onUnreliable(error?: unknown): void
  },
): Following {
  // A store that is not shared has no other process that could end its sessions.
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
