import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import onHeaders from 'on-headers'
import { type Awaitable, whenReady } from '../async/awaitable.js'
import type { LoadedId } from './guard.js'
import { keepUncached } from './keepUncached.js'
import { nodeRequest, sendAnswer } from './node.js'
import type { PlainHandlers } from './plainHandlers.js'

/** HTTP/2 objects of Node's compatibility API have all members that are used here. */
export type NodeRequest = IncomingMessage | Http2ServerRequest
export type NodeResponse = ServerResponse | Http2ServerResponse

export type NodeHandler = (request: NodeRequest, response: NodeResponse) => Awaitable<void>

/**
 * The endpoint for `node:http`, Express and Fastify. Mount it before body parsers and before the
 * app's own session middleware, which would count a ping as a visit.
 */
export function toNodeHandler(security: { plain: PlainHandlers }): NodeHandler {
  return (request, response) =>
    whenReady(security.plain.endpoint(nodeRequest(request as IncomingMessage)), (answer) =>
      sendAnswer(request as IncomingMessage, response as ServerResponse, answer),
    )
}

export interface NodeGuardOptions<Request> {
  /**
   * Returns the id of the session that the app's own session middleware loaded: `(request) =>
   * request.sessionID` with express-session. If it differs from the id that `resolve` finds, the
   * request is refused, because the two belong to different people.
   */
  loadedId?: (request: Request) => Awaitable<LoadedId>
}

/** The guard as middleware. If the session lives, it sets the headers and calls `next`. */
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

/** Checked when the headers are sent, because the route sets its headers after the guard. */
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
