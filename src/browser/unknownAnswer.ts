import type { UnknownVerdict } from '../core/verdict.js'

/** The longest pause that a server's `Retry-After` may ask for, in ms. */
const longestRetryAfter = 300_000

/** An answer that is no verdict may still say how long the server wants to be left alone. */
export function unknownAnswer(response: Response): UnknownVerdict {
  const seconds = Number(response.headers.get('Retry-After'))
  if (!Number.isFinite(seconds) || seconds <= 0) return { state: 'unknown' }
  return { state: 'unknown', retryAfter: Math.min(seconds * 1_000, longestRetryAfter) }
}
