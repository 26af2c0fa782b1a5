'use client'
import { createContext, useContext } from 'react'
import { useSession } from '../session/SessionContext.js'
import { useBrowserLayoutEffect } from '../session/useBrowserLayoutEffect.js'

/** Keeps data of the person outside the components: a query cache. */
export interface Keeper {
  /** The page is locked: keeps what it has and fetches nothing. */
  pause(): void
  /** The session is over: empties itself and stays empty. */
  empty(): void
  /** Somebody is signed in again: works as before. */
  release(): void
}

/** All keepers below one provider, beyond the end of the components that brought them. */
export interface Keepers extends Keeper {
  add(keeper: Keeper): void
  remove(keeper: Keeper): void
}

export function createKeepers(): Keepers {
  const all = new Set<Keeper>()
  return {
    add: (keeper) => {
      all.add(keeper)
    },
    remove: (keeper) => {
      all.delete(keeper)
    },
    pause: () => {
      for (const keeper of all) keeper.pause()
    },
    empty: () => {
      for (const keeper of all) keeper.empty()
    },
    release: () => {
      for (const keeper of all) keeper.release()
      // Whoever is still there comes back with its component.
      all.clear()
    },
  }
}

export const KeepersContext = createContext<Keepers | null>(null)

/** Has `keeper` follow the session. Give the same object as long as it keeps the same data. */
export function useKeeper(keeper: Keeper): void {
  const keepers = useContext(KeepersContext)
  const session = useSession()
  useBrowserLayoutEffect(() => {
    keepers?.add(keeper)
    return () => {
      // The end unmounts the component whose data is to be emptied right after it.
      if (session.getState().status !== 'expired') keepers?.remove(keeper)
    }
  }, [keepers, keeper, session])
}
