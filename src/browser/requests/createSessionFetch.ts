import type { Session } from '../../core/session.js'
import { trackRequests } from './trackRequests.js'
import { problemOf } from './unknownAnswer.js'

export interface SessionFetchOptions {
  /** Sends the requests. @default the global `fetch`, looked up for each request */
  fetch?: typeof fetch
}

/**
 * A `fetch` for the app's requests to its own server.
 *
 * It tells the server whom the page shows (`Session-Subject`) and which requests the user did not cause
 * (`X-Session-Passive: 1`). It reads the deadline from the `Session-*` headers of responses, and asks
 * the server after a 401. It holds requests back while the session is in doubt. It rejects them, with
 * the code `session-over`, if the session is over, or if the request or its response would belong to
 * another person.
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
      // Never send the person's handle to another origin.
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
