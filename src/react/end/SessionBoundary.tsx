'use client'
import type { ReactNode } from 'react'
import { Activity } from '../lock/Activity.js'
import { KeptContext } from '../lock/LockedContext.js'
import { useSessionSecurity } from '../session/useSessionSecurity.js'
import { type AftermathOptions, useAftermath } from './useEndPhase.js'

interface SessionBoundaryProps {
  children: ReactNode
  warning: ReactNode
  expired: ReactNode
  aftermath: AftermathOptions
}

/** Shows the children until the session is over, and then what stands in their place. */
export function SessionBoundary(props: SessionBoundaryProps) {
  const { children, warning, expired, aftermath } = props
  const { phase } = useAftermath(aftermath)
  const over = useSessionSecurity((session) => session.status === 'expired')
  const kept = phase === 'kept'
  return (
    <>
      <Lock lockable={aftermath.action === 'lock'} locked={kept}>
        {phase === 'shown' || kept ? children : null}
      </Lock>
      <KeptContext.Provider value={kept}>{over && expired}</KeptContext.Provider>
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
