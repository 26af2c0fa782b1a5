'use client'
import { useSyncExternalStore } from 'react'
import { useSession } from './SessionContext.js'

/**
 * Whole seconds to the end: the same number in every tab, 0 at the end and never below.
 * A component that uses it renders each second, and only while warning.
 *
 * @throws where there is no provider above.
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
