'use client'
import { useSyncExternalStore } from 'react'
import { useSession } from './SessionContext.js'

/**
 * Whole seconds until the end. The same number in every tab; 0 at the end, never less. A component
 * that uses it renders once per second, and only during a warning.
 *
 * @throws if there is no provider above.
 */
export function useSessionCountdown(): { secondsLeft: number } {
  const session = useSession()
  const secondsLeft = useSyncExternalStore(
    session.subscribeCountdown,
    session.getSecondsLeft,
    () => 0,
  )
  return { secondsLeft }
}
