/** Thrown in place of sending a request that would belong to a session that is over. */
export interface SessionOverError extends Error {
  code: 'session-over'
}

export function sessionOver(): SessionOverError {
  const error = new Error(
    'react-session-security: the request was not sent, because the session is over. See docs/errors/session-over.md',
  )
  return Object.assign(error, { code: 'session-over' as const })
}
