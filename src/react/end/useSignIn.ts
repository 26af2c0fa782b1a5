'use client'
import { createContext, useContext } from 'react'

export const SignInContext = createContext<() => void>(() => {})

/** Returns what "Sign in again" does. */
export function useSignIn(): () => void {
  return useContext(SignInContext)
}
