'use client'
import { createContext, useContext } from 'react'
import type { WarningRenderProps } from '../react/renderProps.js'

export const WarningContext = createContext<WarningRenderProps | null>(null)

/** The warning that is being shown. Throws where none is. */
export function useWarning(): WarningRenderProps {
  const warning = useContext(WarningContext)
  if (!warning) {
    throw new Error(
      'react-session-security: no warning here. Use SessionWarningDialog and its parts within renderWarning of <SessionSecurityProvider>.',
    )
  }
  return warning
}
