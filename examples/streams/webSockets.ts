import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import {
  createOriginRule,
  nodeRequest,
  type PlainAnswer,
  type SessionSecurity,
} from 'react-session-security/server'
import { type WebSocket, WebSocketServer } from 'ws'

/** A close code of the private range, after HTTP's 401. */
const sessionOver = 4_401

/** WebSockets with `ws`. Each lasts exactly as long as the session that opened it. */
export function serveWebSockets(
  server: Server,
  security: SessionSecurity,
  options: { path: string; serve: (socket: WebSocket) => void },
): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 16_384 })
  const originRule = createOriginRule({})

  server.on('upgrade', async (request, socket, head) => {
    socket.on('error', () => {})
    const plain = nodeRequest(request)
    if (plain.url.split('?', 1)[0] !== options.path) return refuse(socket, 404)
    // CORS does not protect a WebSocket: a page of another site can open one with the user's cookie.
    if (!originRule(plain).pass) return refuse(socket, 403)
    const { answer } = await security.plain.guard(plain)
    if (answer) return refuse(socket, answer.status, answer)
    sockets.handleUpgrade(request, socket, head, (opened) => serve(opened, request))
  })

  function serve(socket: WebSocket, request: IncomingMessage): void {
    const stopWatching = security.watch(request, ({ reason }) => {
      // Read nothing more, and do not wait for a client that never closes.
      socket.removeAllListeners('message')
      socket.close(sessionOver, reason)
      setTimeout(() => socket.terminate(), 1_000).unref()
    })
    socket.on('close', stopWatching)
    socket.on('error', () => socket.terminate())
    options.serve(socket)
  }

  return sockets
}

function refuse(
  socket: Duplex,
  status: number,
  { headers, body }: Partial<PlainAnswer> = {},
): void {
  const lines = Object.entries({ ...headers, Connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${body ?? ''}`)
}
