'use client'
import { createContext, useContext } from 'react'

export const SignInContext = createContext<() => void>(() => {})

/** What "Sign in again" does. */
export function useSignIn(): () => void {
  return useContext(SignInContext)
}
