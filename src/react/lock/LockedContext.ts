'use client'
import { createContext, useContext } from 'react'

export const LockedContext = createContext(false)

/** The children are kept behind the expired screen, and come back when the same person does. */
export function useLocked(): boolean {
  return useContext(LockedContext)
}
