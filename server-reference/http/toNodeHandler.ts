import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import onHeaders from 'on-headers'
import { type Awaitable, whenReady } from '../async/awaitable.js'
import type { LoadedId } from './guard.js'
import { keepUncached } from './keepUncached.js'
import { nodeRequest, sendAnswer } from './node.js'
import type { PlainHandlers } from './plainHandlers.js'

/** HTTP/2's, by Node's compatibility API, have all that is used of HTTP/1's. */
export type NodeRequest = IncomingMessage | Http2ServerRequest
export type NodeResponse = ServerResponse | Http2ServerResponse

export type NodeHandler = (request: NodeRequest, response: NodeResponse) => Awaitable<void>

/**
 * The endpoint for `node:http`, Express and Fastify. Mount it before body parsers and before the
 * app's own session middleware, which would take a ping for a visit.
 */
export function toNodeHandler(security: { plain: PlainHandlers }): NodeHandler {
  return (request, response) =>
    whenReady(security.plain.endpoint(nodeRequest(request as IncomingMessage)), (answer) =>
      sendAnswer(request as IncomingMessage, response as ServerResponse, answer),
    )
}

export interface NodeGuardOptions<Request> {
  /**
   * The id of the session that the app's own session middleware loaded:
   * `(request) => request.sessionID` with express-session. A request for which it differs from the
   * id that `resolve` finds is refused, as the two would speak of different people.
   */
  loadedId?: (request: Request) => Awaitable<LoadedId>
}

/** The guard as a middleware: a living session goes on to `next`, with its headers set. */
export function toNodeGuard<Request extends NodeRequest = NodeRequest>(
  security: { plain: PlainHandlers },
  { loadedId }: NodeGuardOptions<Request> = {},
) {
  return async (given: Request, givenResponse: NodeResponse, next: () => void) => {
    const [request, response] = [given as IncomingMessage, givenResponse as ServerResponse]
    const options = loadedId ? { loadedId: () => loadedId(given) } : {}
    const { answer, headers } = await security.plain.guard(nodeRequest(request), options)
    if (answer) return sendAnswer(request, response, answer)
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    protectFromCaches(request, response)
    next()
  }
}

/** Looked at as the headers go out: what the route sets comes after the guard. */
function protectFromCaches(request: IncomingMessage, response: ServerResponse): void {
  onHeaders(response, () =>
    keepUncached(
      {
        names: () => response.getHeaderNames(),
        get: (name) => response.getHeader(name)?.toString() ?? null,
        set: (name, value) => response.setHeader(name, value),
        delete: (name) => response.removeHeader(name),
      },
      request.url?.split('?', 1)[0] ?? '/',
    ),
  )
}
