import type { IncomingMessage, ServerResponse } from 'node:http'
import { type SessionSecurity, toNodeGuard } from 'react-session-security/server'

/**
 * A route of server-sent events that goes on for exactly as long as its session. For Express, Fastify
 * (`reply.hijack()`, `request.raw`, `reply.raw`) and plain `node:http`.
 *
 * @param subscribe Calls back with each piece of news; gives the end of that.
 */
export function createEventStream(
  security: SessionSecurity,
  subscribe: (tell: (news: string) => void) => () => void,
) {
  const guard = toNodeGuard(security)

  // The guard sees the session as it is now; what comes after, only a watch sees.
  return (request: IncomingMessage, response: ServerResponse) =>
    guard(request, response, () => {
      // Who hung up meanwhile has said so already: 'close' would not come again.
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
        // A browser that went to sleep reads nothing: don't keep what it has not read.
        setTimeout(() => response.destroy(), 1_000).unref()
      })
      response.on('close', () => {
        unsubscribe()
        stopWatching()
      })
    })
}
