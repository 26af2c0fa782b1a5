import { docsUrl } from '../options/docsUrl.js'

/** Thrown instead of a request or a response that would belong to another session or person. */
export interface SessionOverError extends Error {
  code: 'session-over'
}

export function sessionOver(
  what = 'the request was not sent, because the session is over',
): SessionOverError {
  const error = new Error(`react-session-security: ${what}. See ${docsUrl}/errors/session-over.md`)
  return Object.assign(error, { code: 'session-over' as const })
}
