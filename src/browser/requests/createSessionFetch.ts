import type { Session } from '../../core/session.js'
import { trackRequests } from './trackRequests.js'
import { problemOf } from './unknownAnswer.js'

export interface SessionFetchOptions {
  /** Does the work. @default the global `fetch`, looked up for each request */
  fetch?: typeof fetch
}

/**
 * A `fetch` for the app's own requests to its own server.
 *
 * It says whom the page shows (`Session-Subject`) and when a request is not the user's doing
 * (`X-Session-Passive: 1`), learns the deadline from the answers' `Session-*` headers, asks once about
 * a 401, holds requests back while the session is in doubt, and rejects them, with the code
 * `session-over`, where it is over, or where request or answer would be somebody else's.
 */
export function createSessionFetch(
  session: Session,
  options: SessionFetchOptions = {},
): typeof fetch {
  const track = trackRequests(session)
  return async (input, init) => {
    const tracked = await track()
    const request = new Request(input, init)
    for (const [name, value] of Object.entries(tracked.headers)) {
      // Other origins have no business with the person's handle.
      if (name !== 'Session-Subject' || isOwnOrigin(request.url)) request.headers.set(name, value)
    }
    const send = options.fetch ?? fetch
    const response = await send(request)
    const { status } = response
    const header = (name: string) => response.headers.get(name)
    const problemType = status === 409 ? (await problemOf(response.clone())).type : undefined
    tracked.answered({ status, header, problemType })
    return response
  }
}

function isOwnOrigin(url: string): boolean {
  return new URL(url).origin === globalThis.location?.origin
}
