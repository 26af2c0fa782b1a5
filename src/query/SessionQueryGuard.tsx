'use client'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useKeeper } from '../react/keepers.js'
import { useSession } from '../react/SessionContext.js'
import { guardCaches } from './guardCaches.js'
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
 * Ties TanStack Query to the session: at the end, after the children are gone, queries are
 * cancelled and the caches emptied, and they stay empty until a new sign-in; with
 * `expiredAction: 'lock'` they are kept, and nothing is fetched. An error that looks like a lost
 * session asks the server, at most once in five seconds.
 */
export function SessionQueryGuard({
  client,
  isSessionError = hasUnauthorizedStatus,
}: SessionQueryGuardProps): null {
  const queryClient = useQueryClient(client)
  const session = useSession()
  useKeeper(useMemo(() => guardCaches(queryClient), [queryClient]))
  useEffect(
    () => watchErrors(queryClient, isSessionError, () => void session.check()),
    [queryClient, isSessionError, session],
  )
  return null
}
