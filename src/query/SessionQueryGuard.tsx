'use client'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useDataHolder } from '../react/end/dataHolders.js'
import { useSession } from '../react/session/SessionContext.js'
import { useBrowserLayoutEffect } from '../react/session/useBrowserLayoutEffect.js'
import { createCacheHolder } from './createCacheHolder.js'
import { hasUnauthorizedStatus } from './hasUnauthorizedStatus.js'
import { watchErrors } from './watchErrors.js'

export interface SessionQueryGuardProps {
  /** The query client to guard. @default that of the nearest QueryClientProvider */
  client?: QueryClient
  /**
   * Returns whether an error may mean that the session is over. If so, the server is asked.
   * @default `status` or `response.status` is 401
   */
  isSessionError?: (error: unknown) => boolean
}

/**
 * Ties TanStack Query to the session. At the end no query or mutation that began before sends another
 * request. After the children are unmounted the caches are emptied, and stay empty until somebody
 * signs in. With `expiredAction: 'lock'` they keep their data and fetch nothing. An error that looks
 * like a lost session makes the session ask the server, at most once in five seconds.
 */
export function SessionQueryGuard({
  client,
  isSessionError = hasUnauthorizedStatus,
}: SessionQueryGuardProps): null {
  const queryClient = useQueryClient(client)
  const session = useSession()
  const holder = useMemo(() => createCacheHolder(queryClient), [queryClient])
  useDataHolder(holder)
  useBrowserLayoutEffect(() => holder.watch(), [holder])
  // At once, because until the children are unmounted they could send one more request.
  useBrowserLayoutEffect(
    () =>
      session.subscribe(() => {
        const { status, personChanged } = session.getState()
        if (status === 'expired' || personChanged) holder.pause()
        else holder.release()
      }),
    [holder, session],
  )
  useEffect(
    () => watchErrors(queryClient, isSessionError, () => void session.check()),
    [queryClient, isSessionError, session],
  )
  return null
}
