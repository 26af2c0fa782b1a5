import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Awaitable, after } from './awaitable.js'
import type { SessionSecurity } from './createSessionSecurity.js'
import { nodeRequest, sendAnswer } from './node.js'

export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Awaitable<void>

/**
 * The endpoint for `node:http`, Express and Fastify. Mount it before body parsers and before the
 * app's own session middleware, which would take a ping for a visit.
 */
export function toNodeHandler(security: Pick<SessionSecurity, 'plain'>): NodeHandler {
  return (request, response) =>
    after(security.plain.endpoint(nodeRequest(request)), (answer) =>
      sendAnswer(request, response, answer),
    )
}

/** The guard as a middleware: a living session goes on to `next`, with its headers set. */
export function toNodeGuard(security: Pick<SessionSecurity, 'plain'>) {
  return async (request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const { answer, headers } = await security.plain.guard(nodeRequest(request))
    if (answer) return sendAnswer(request, response, answer)
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    next()
  }
}
