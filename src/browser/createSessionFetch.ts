import type { Session } from '../core/session.js'
import { trackRequests } from './trackRequests.js'

export interface SessionFetchOptions {
  /** Does the work. @default the global `fetch`, looked up for each request */
  fetch?: typeof fetch
}

/**
 * A `fetch` for the app's own requests to its own server.
 *
 * It says when a request is not the user's doing (`X-Session-Passive: 1`), learns the deadline from
 * the answers' `Session-*` headers, asks once about a 401, holds requests back while the session is
 * in doubt, and rejects them, with the code `session-over`, where it is over or somebody else's.
 */
export function createSessionFetch(
  session: Session,
  options: SessionFetchOptions = {},
): typeof fetch {
  const track = trackRequests(session)
  return async (input, init) => {
    const tracked = await track()
    const request = new Request(input, init)
    for (const [name, value] of Object.entries(tracked.headers)) request.headers.set(name, value)
    const send = options.fetch ?? fetch
    const response = await send(request)
    const header = (name: string) => response.headers.get(name)
    tracked.answered({ status: response.status, header })
    return response
  }
}
