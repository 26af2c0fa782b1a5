'use client'
import { createContext, useContext } from 'react'

export const KeptContext = createContext(false)

/** The children are kept behind the expired screen, and come back when the same person does. */
export function useKept(): boolean {
  return useContext(KeptContext)
}
