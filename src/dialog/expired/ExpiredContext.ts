'use client'
import { createContext, useContext } from 'react'
import type { ExpiredRenderProps } from '../../react/session/renderProps.js'

export const ExpiredContext = createContext<ExpiredRenderProps | null>(null)

/** How the session ended. @throws if it is not over. */
export function useExpired(): ExpiredRenderProps {
  const expired = useContext(ExpiredContext)
  if (!expired) {
    throw new Error(
      'react-session-security: the session is not over here. Use SessionExpiredScreen within renderExpired of <SessionSecurityProvider>.',
    )
  }
  return expired
}
