import type { QueryClient } from '@tanstack/react-query'
import type { Keeper } from '../react/keepers.js'
import { keepEmpty } from './keepEmpty.js'
import { keepStill } from './keepStill.js'

/** Has the caches of a client follow the session. */
export function guardCaches(client: QueryClient): Keeper {
  let letGo: (() => void) | null = null

  function become(keep: ((client: QueryClient) => () => void) | null): void {
    const before = letGo
    letGo = keep?.(client) ?? null
    before?.()
  }

  return {
    pause: () => become(keepStill),
    empty: () => become(keepEmpty),
    release: () => become(null),
  }
}
