'use client'
import type { ReactNode } from 'react'
import { Activity } from '../lock/Activity.js'
import { LockedContext } from '../lock/LockedContext.js'
import { useSessionSecurity } from '../session/useSessionSecurity.js'
import { type EndPhaseOptions, useEndPhase } from './useEndPhase.js'

interface SessionBoundaryProps {
  children: ReactNode
  warning: ReactNode
  expired: ReactNode
  endPhase: EndPhaseOptions
}

/** Shows the children until the session is over, then what replaces them. */
export function SessionBoundary(props: SessionBoundaryProps) {
  const { children, warning, expired, endPhase } = props
  const { phase } = useEndPhase(endPhase)
  const over = useSessionSecurity((session) => session.status === 'expired')
  const locked = phase === 'locked'
  return (
    <>
      <Lock lockable={endPhase.action === 'lock'} locked={locked}>
        {phase === 'shown' || locked ? children : null}
      </Lock>
      <LockedContext.Provider value={locked}>{over && expired}</LockedContext.Provider>
      {warning}
    </>
  )
}

interface LockProps {
  lockable: boolean
  locked: boolean
  children: ReactNode
}

function Lock({ lockable, locked, children }: LockProps) {
  if (!lockable || !Activity) return children
  return <Activity mode={locked ? 'hidden' : 'visible'}>{children}</Activity>
}
