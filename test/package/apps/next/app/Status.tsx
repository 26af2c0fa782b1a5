'use client'
import { useSessionSecurity } from 'react-session-security'

export function Status() {
  const status = useSessionSecurity((session) => session.status)
  return <p>The session is {status}.</p>
}
