'use client'
import { type ReactNode, useContext } from 'react'
import type { Reason } from '../core/session.js'
import { DiscardContext } from './discarding.js'
import { type ExpiredAction, leavePage } from './expiredAction.js'
import { useSession } from './SessionContext.js'
import { useBrowserLayoutEffect } from './useBrowserLayoutEffect.js'
import { useSessionSecurity } from './useSessionSecurity.js'

interface SessionBoundaryProps {
  children: ReactNode
  warning: ReactNode
  expired: ReactNode
  action: ExpiredAction
  onDiscard?: (event: { reason: Reason }) => void
}

/**
 * Shows the children until the session is over. Then, in this order: they are unmounted, what
 * holds their data is emptied, and only after that the cover is lifted from what stands in their
 * place. (A query that is still mounted would fill its cache again within a second.)
 */
export function SessionBoundary({
  children,
  warning,
  expired,
  action,
  onDiscard,
}: SessionBoundaryProps) {
  const session = useSession()
  const discards = useContext(DiscardContext)
  const over = useSessionSecurity(isOver)

  useBrowserLayoutEffect(() => {
    if (!over) return
    const { reason, wasActive } = session.getState()
    if (!reason) return
    discards?.run(reason)
    onDiscard?.({ reason })
    if (!leavePage(action, reason, wasActive)) session.discarded()
    // Before anything of the new session renders: what it fetches is not to be thrown away.
    return session.subscribe(() => {
      if (session.getState().status !== 'expired') discards?.undo()
    })
  }, [over])

  return (
    <>
      {over ? expired : children}
      {warning}
    </>
  )
}

function isOver({ status }: { status: string }): boolean {
  return status === 'expired'
}
