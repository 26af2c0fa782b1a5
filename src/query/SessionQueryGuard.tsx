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
  /** The query client to guard. @default the one of the nearest QueryClientProvider */
  client?: QueryClient
  /**
   * Says whether an error means that the session may be over; the server is then asked.
   * @default a `status` or `response.status` of 401
   */
  isSessionError?: (error: unknown) => boolean
}

/**
 * Ties TanStack Query to the session. At the end nothing that began before sends another request;
 * after the children are gone the caches are emptied, and they stay empty until a new sign-in; with
 * `expiredAction: 'lock'` they are kept, and nothing is fetched. An error that looks like a lost
 * session asks the server, at most once in five seconds.
 */
export function SessionQueryGuard({
  client,
  isSessionError = hasUnauthorizedStatus,
}: SessionQueryGuardProps): null {
  const queryClient = useQueryClient(client)
  const session = useSession()
  const guard = useMemo(() => createCacheHolder(queryClient), [queryClient])
  useDataHolder(guard)
  useBrowserLayoutEffect(() => guard.watch(), [guard])
  // At once: until the children are gone, what they have begun could send one more request.
  useBrowserLayoutEffect(
    () =>
      session.subscribe(() => {
        const { status, personChanged } = session.getState()
        if (status === 'expired' || personChanged) guard.pause()
        else guard.release()
      }),
    [guard, session],
  )
  useEffect(
    () => watchErrors(queryClient, isSessionError, () => void session.check()),
    [queryClient, isSessionError, session],
  )
  return null
}
