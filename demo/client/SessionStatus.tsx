import { type Status, useSessionSecurity } from 'react-session-security'

const statusText: Record<Status, string> = {
  disabled: 'No session',
  checking: 'Checking the session',
  active: 'Session active',
  warning: 'Session about to end',
  expired: 'Session over',
}

/** A small line that shows the session's state, for people who try the demo. */
export function SessionStatus() {
  const status = useSessionSecurity((session) => session.status)
  const unreachable = useSessionSecurity((session) => session.unreachable)

  return (
    <p className="session-status" data-status={status}>
      {statusText[status]}
      {unreachable && ' · the server does not answer'}
    </p>
  )
}
