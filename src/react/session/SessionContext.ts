'use client'
import { createContext, useContext } from 'react'
import type { Session } from '../../core/session.js'

export const SessionContext = createContext<Session | null>(null)

/** The session of the nearest provider. @throws if there is none above. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) {
    throw new Error(
      'react-session-security: no session here. Wrap this part of the app in <SessionSecurityProvider>.',
    )
  }
  return session
}
