'use client'
import { useCallback, useRef, useSyncExternalStore } from 'react'
import { disabledView } from '../../core/decide/view.js'
import type { Session, SessionState } from '../../core/session.js'
import { useSession } from './SessionContext.js'

/** What a component can do with the session. Each function keeps its identity and never rejects. */
export type SessionActions = Pick<
  Session,
  'extend' | 'signOut' | 'recordActivity' | 'check' | 'hold'
>

/** What {@link useSessionSecurity} returns. */
export type SessionSecurity = SessionState & SessionActions

/**
 * The session, as a component sees it.
 *
 * With a selector the component renders only when the selected value changes (by `Object.is`), so
 * select single values: `useSessionSecurity((session) => session.status)`. It does not render every
 * second; `useSessionCountdown` does.
 *
 * @throws if there is no provider above.
 */
export function useSessionSecurity(): SessionSecurity
export function useSessionSecurity<Selected>(
  selector: (session: SessionSecurity) => Selected,
): Selected
export function useSessionSecurity<Selected>(
  selector: (session: SessionSecurity) => Selected | SessionSecurity = everything,
): Selected | SessionSecurity {
  const session = useSession()
  const latest = useRef<Combined | null>(null)
  const select = useCallback(
    (state: SessionState) => {
      if (latest.current?.session !== session || latest.current.state !== state) {
        latest.current = { session, state, security: { ...state, ...actionsOf(session) } }
      }
      return selector(latest.current.security)
    },
    [session, selector],
  )
  return useSyncExternalStore(
    session.subscribe,
    () => select(session.getState()),
    // A server, and the hydration after it, know no session yet.
    () => select(disabledView),
  )
}

interface Combined {
  session: Session
  state: SessionState
  security: SessionSecurity
}

function everything(session: SessionSecurity): SessionSecurity {
  return session
}

function actionsOf({ extend, signOut, recordActivity, check, hold }: Session): SessionActions {
  return { extend, signOut, recordActivity, check, hold }
}
