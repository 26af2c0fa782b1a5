'use client'
import { createContext, useContext } from 'react'
import { useSession } from '../session/SessionContext.js'
import { useBrowserLayoutEffect } from '../session/useBrowserLayoutEffect.js'

/** Something that keeps a person's data outside the components, such as a query cache. */
export interface DataHolder {
  /** The page is locked: keep the data and fetch nothing. */
  pause(): void
  /** The session is over: drop the data and take in nothing. */
  empty(): void
  /** Somebody is signed in again: work as before. */
  release(): void
}

/** All holders below one provider. They stay registered after their components unmount at the end. */
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
      // Components that are still mounted register again on their next effect.
      all.clear()
    },
  }
}

export const DataHoldersContext = createContext<DataHolders | null>(null)

/** Makes `holder` follow the session. Pass the same object as long as it keeps the same data. */
export function useDataHolder(holder: DataHolder): void {
  const holders = useContext(DataHoldersContext)
  const session = useSession()
  useBrowserLayoutEffect(() => {
    holders?.add(holder)
    return () => {
      // At the end the component unmounts first, and its data is emptied right afterwards.
      if (session.getState().status !== 'expired') holders?.remove(holder)
    }
  }, [holders, holder, session])
}
