import type { WireActive } from '../../src/protocol/wire.js'
import type { GuardOptions, PlainGuard } from './guard.js'
import { keepUncached } from './keepUncached.js'
import { toResponse } from './web.js'

/** What the guard says to a web-standard server. */
export interface Guarded {
  /** Give this instead of an answer of your own; `null` where the session lives. */
  response: Response | null
  /**
   * Gives your own answer the session's headers, and keeps it out of caches whatever it says itself:
   * `return guarded.protect(response)`. Where the session is over it gives `response` above.
   */
  protect(response: Response): Response
  /** What `protect` adds. Merged by hand, these have to come last. */
  headers: Record<string, string>
  /** The session as the endpoint would tell it, to render into the page as `initialSession`. */
  active: WireActive | null
}

/** The guard for web-standard requests and responses. */
export function createWebGuard(guard: PlainGuard) {
  return async (request: Request, options?: GuardOptions): Promise<Guarded> => {
    const { answer, ...rest } = await guard(request, options)
    const response = answer && toResponse(answer)
    const protect = (own: Response) => response ?? withHeaders(own, rest.headers, request.url)
    return { ...rest, response, protect }
  }
}

function withHeaders(own: Response, added: Record<string, string>, url: string): Response {
  const response = changeable(own)
  if (!response) return own
  const { headers } = response
  // What the route says of caching is looked at below, and then replaced.
  for (const [name, value] of Object.entries(added))
    if (name !== 'Cache-Control') headers.set(name, value)
  keepUncached(
    {
      names: () => headers.keys(),
      get: (name) => headers.get(name),
      set: (name, value) => headers.set(name, value),
      delete: (name) => headers.delete(name),
    },
    new URL(url).pathname,
  )
  return response
}

/**
 * The headers of a fetched or redirecting answer can't be changed: then those of a copy. `null`
 * for what can't be copied, a switch of protocols or a network error; no cache keeps those.
 */
function changeable(response: Response): Response | null {
  try {
    response.headers.set('Cache-Control', response.headers.get('Cache-Control') ?? 'no-store')
    return response
  } catch {
    return response.status >= 200 ? new Response(response.body, response) : null
  }
}
