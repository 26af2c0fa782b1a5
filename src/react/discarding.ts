'use client'
import { createContext, useContext } from 'react'
import type { Reason, Session } from '../core/session.js'
import { useBrowserLayoutEffect } from './useBrowserLayoutEffect.js'

/** Empties what holds the person's data; may return what undoes it at a new sign-in. */
export type Discard = (event: { reason: Reason }) => (() => void) | undefined

/** Who has to empty something at the end, kept beyond the end of its component. */
export interface Discards {
  /** Returns the way to leave, which does nothing once the session is over. */
  add(discard: Discard): () => void
  /** Once a session: everything is emptied. */
  run(reason: Reason): void
  /** Somebody is signed in again. */
  undo(): void
}

export function createDiscards(session: Session): Discards {
  const all = new Set<Discard>()
  let undos: (() => void)[] | null = null
  return {
    add: (discard) => {
      all.add(discard)
      return () => {
        // The end unmounts the component whose data is to be emptied right after it.
        if (session.getState().status !== 'expired') all.delete(discard)
      }
    },
    run: (reason) => {
      if (undos) return
      undos = []
      for (const discard of all) {
        const undo = discard({ reason })
        if (undo) undos.push(undo)
      }
      all.clear()
    },
    undo: () => {
      for (const undo of undos ?? []) undo()
      undos = null
    },
  }
}

export const DiscardContext = createContext<Discards | null>(null)

/** Empties something of the app's own at the end, after the children are gone. */
export function useDiscard(discard: Discard): void {
  const discards = useContext(DiscardContext)
  useBrowserLayoutEffect(() => discards?.add(discard), [discards, discard])
}
