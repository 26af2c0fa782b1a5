'use client'
import { createContext, useContext } from 'react'
import type { WarningRenderProps } from '../../react/session/renderProps.js'

/** What of a warning changes each second: apart, so that the rest need not render with it. */
export type Ticking = Pick<WarningRenderProps, 'secondsLeft' | 'announcement'>

/** What of a warning stays as it is, or changes when somebody does something. */
export type Warning = Omit<WarningRenderProps, keyof Ticking>

export const WarningContext = createContext<Warning | null>(null)
export const TickingContext = createContext<Ticking | null>(null)

/** The warning that is being shown. Throws where none is. */
export function useWarning(): Warning {
  return useContext(WarningContext) ?? thereIsNone()
}

/** Its time left and what is to be said now. Throws where no warning is. */
export function useTicking(): Ticking {
  return useContext(TickingContext) ?? thereIsNone()
}

function thereIsNone(): never {
  throw new Error(
    'react-session-security: no warning here. Use SessionWarningDialog and its parts within renderWarning of <SessionSecurityProvider>.',
  )
}
