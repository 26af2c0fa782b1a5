import type { QueryClient } from '@tanstack/react-query'
import type { DataHolder } from '../react/end/dataHolders.js'
import { keepEmpty } from './keepEmpty.js'
import { keepStill } from './keepStill.js'
import { limitMutations } from './limitMutations.js'
import { limitQueries } from './limitQueries.js'
import type { Limits } from './limits.js'

/** Makes the caches of a query client follow the session. */
export interface CacheHolder extends DataHolder {
  /** Watches queries and mutations that begin from now on. The returned function stops that; after an end only once somebody signs in. */
  watch(): () => void
}

const holds = { still: keepStill, empty: keepEmpty, open: null } as const

export function createCacheHolder(client: QueryClient): CacheHolder {
  const limits: Limits = { mode: 'open', round: 0 }
  const watchMutations = limitMutations(client.getMutationCache(), limits)
  const watchQueries = limitQueries(client.getQueryCache(), limits)
  let letGo: (() => void) | null = null
  let watching: (() => void)[] = []
  let watchers = 0

  function setMode(mode: Limits['mode']): void {
    if (mode === limits.mode) return
    if (limits.mode === 'open') limits.round += 1
    limits.mode = mode
    const before = letGo
    letGo = holds[mode]?.(client) ?? null
    before?.()
  }

  function stopWatching(): void {
    // At the end the guard unmounts with the children, but their requests are still under way.
    if (watchers > 0 || limits.mode !== 'open') return
    for (const stop of watching) stop()
    watching = []
  }

  return {
    watch: () => {
      watchers += 1
      if (watching.length === 0) watching = [watchMutations(), watchQueries()]
      return () => {
        watchers -= 1
        stopWatching()
      }
    },
    pause: () => {
      if (limits.mode === 'open') setMode('still')
    },
    empty: () => setMode('empty'),
    release: () => {
      setMode('open')
      stopWatching()
    },
  }
}
