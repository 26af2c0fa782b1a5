'use client'
import { createContext, useContext } from 'react'
import type { WarningRenderProps } from '../../react/session/renderProps.js'

/** The part of a warning that changes every second. Separate, so that the rest need not render. */
export type Ticking = Pick<WarningRenderProps, 'secondsLeft' | 'announcement'>

/** The part that stays the same, or changes when the user does something. */
export type Warning = Omit<WarningRenderProps, keyof Ticking>

export const WarningContext = createContext<Warning | null>(null)
export const TickingContext = createContext<Ticking | null>(null)

/** The warning that is being shown. @throws if there is none. */
export function useWarning(): Warning {
  return useContext(WarningContext) ?? throwNoWarning()
}

/** The remaining time and the announcement. @throws if there is no warning. */
export function useTicking(): Ticking {
  return useContext(TickingContext) ?? throwNoWarning()
}

function throwNoWarning(): never {
  throw new Error(
    'react-session-security: no warning here. Use SessionWarningDialog and its parts within renderWarning of <SessionSecurityProvider>.',
  )
}
