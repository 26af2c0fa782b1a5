import type { WireActive } from '../../src/protocol/wire.js'
import type { GuardOptions, PlainGuard } from './guard.js'
import { keepUncached } from './keepUncached.js'
import { toResponse } from './web.js'

/** The guard's result for a web-standard server. */
export interface Guarded {
  /** Return this instead of your own answer; `null` if the session lives. */
  response: Response | null
  /**
   * Adds the session's headers to your own answer and keeps it out of caches, whatever it says
   * itself: `return guarded.protect(response)`. If the session is over, it returns `response`
   * above.
   */
  protect(response: Response): Response
  /** The headers that `protect` adds. If you merge them yourself, add them last. */
  headers: Record<string, string>
  /** The session as the endpoint would report it. Render it into the page as `initialSession`. */
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
  // The route's caching headers are checked below, and then replaced.
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
 * A response with changeable headers. Those of a fetched or redirecting response cannot be
 * changed, so it is copied. `null` if it cannot be copied (a protocol switch or a network error);
 * no cache keeps those.
 */
function changeable(response: Response): Response | null {
  try {
    response.headers.set('Cache-Control', response.headers.get('Cache-Control') ?? 'no-store')
    return response
  } catch {
    return response.status >= 200 ? new Response(response.body, response) : null
  }
}
