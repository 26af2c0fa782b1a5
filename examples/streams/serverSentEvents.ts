import type { IncomingMessage, ServerResponse } from 'node:http'
import { type SessionSecurity, toNodeGuard } from 'react-session-security/server'

/**
 * A route of server-sent events that lasts exactly as long as its session. For Express, Fastify
 * (`reply.hijack()`, `request.raw`, `reply.raw`) and plain `node:http`.
 *
 * @param subscribe Calls back with each event; returns a function that stops it.
 */
export function createEventStream(
  security: SessionSecurity,
  subscribe: (tell: (news: string) => void) => () => void,
) {
  const guard = toNodeGuard(security)

  // The guard checks the session now. Only a watch notices what happens later.
  return (request: IncomingMessage, response: ServerResponse) =>
    guard(request, response, () => {
      // The client may have hung up meanwhile. Then 'close' does not come again.
      if (response.destroyed) return
      response.writeHead(200, {
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-store',
      })
      response.flushHeaders()
      const unsubscribe = subscribe((news) => response.write(`data: ${JSON.stringify(news)}\n\n`))
      const stopWatching = security.watch(request, ({ reason }) => {
        unsubscribe()
        response.end(`event: session-over\ndata: ${reason}\n\n`)
        // A browser that sleeps reads nothing. Do not buffer events for it.
        setTimeout(() => response.destroy(), 1_000).unref()
      })
      response.on('close', () => {
        unsubscribe()
        stopWatching()
      })
    })
}
