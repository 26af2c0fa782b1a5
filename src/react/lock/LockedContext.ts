'use client'
import { createContext, useContext } from 'react'

export const LockedContext = createContext(false)

/** `true` while the children are kept, hidden, for the same person to sign in again. */
export function useLocked(): boolean {
  return useContext(LockedContext)
}
