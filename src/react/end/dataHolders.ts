'use client'
import { createContext, useContext } from 'react'
import { useSession } from '../session/SessionContext.js'
import { useBrowserLayoutEffect } from '../session/useBrowserLayoutEffect.js'

/** Keeps data of the person outside the components: a query cache. */
export interface DataHolder {
  /** The page is locked: keeps what it has and fetches nothing. */
  pause(): void
  /** The session is over: empties itself and stays empty. */
  empty(): void
  /** Somebody is signed in again: works as before. */
  release(): void
}

/** All holders below one provider, beyond the end of the components that brought them. */
export interface DataHolders extends DataHolder {
  add(holder: DataHolder): void
  remove(holder: DataHolder): void
}

export function createDataHolders(): DataHolders {
  const all = new Set<DataHolder>()
  return {
    add: (holder) => {
      all.add(holder)
    },
    remove: (holder) => {
      all.delete(holder)
    },
    pause: () => {
      for (const holder of all) holder.pause()
    },
    empty: () => {
      for (const holder of all) holder.empty()
    },
    release: () => {
      for (const holder of all) holder.release()
      // Whoever is still there comes back with its component.
      all.clear()
    },
  }
}

export const DataHoldersContext = createContext<DataHolders | null>(null)

/** Has `holder` follow the session. Give the same object as long as it keeps the same data. */
export function useDataHolder(holder: DataHolder): void {
  const holders = useContext(DataHoldersContext)
  const session = useSession()
  useBrowserLayoutEffect(() => {
    holders?.add(holder)
    return () => {
      // The end unmounts the component whose data is to be emptied right after it.
      if (session.getState().status !== 'expired') holders?.remove(holder)
    }
  }, [holders, holder, session])
}
