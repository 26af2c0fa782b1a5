'use client'
import { type ReactNode, useId } from 'react'
import { useSignIn } from '../../react/end/useSignIn.js'
import { useLocked } from '../../react/lock/LockedContext.js'
import type { ExpiredRenderProps } from '../../react/session/renderProps.js'
import { useSessionSecurity } from '../../react/session/useSessionSecurity.js'
import { ExpiredContext } from './ExpiredContext.js'
import { SessionExpiredScreen } from './SessionExpiredScreen.js'

interface SessionExpiredProps {
  render: ((expired: ExpiredRenderProps) => ReactNode) | undefined
}

/** Replaces the app once the session is over. */
export function SessionExpired({ render }: SessionExpiredProps) {
  const { reason, wasActive, signOutConfirmed, check } = useSessionSecurity()
  const kept = useLocked()
  const signIn = useSignIn()
  const id = useId()
  const expired: ExpiredRenderProps = {
    reason: reason ?? 'unknown',
    wasActive,
    signOutConfirmed,
    kept,
    signIn,
    signedIn: check,
    titleId: `${id}title`,
    descriptionId: `${id}description`,
  }
  return (
    <ExpiredContext.Provider value={expired}>
      {render ? render(expired) : <SessionExpiredScreen />}
    </ExpiredContext.Provider>
  )
}
