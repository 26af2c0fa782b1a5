import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Body, PlainAnswer, PlainRequest } from './plain.js'

/** What frameworks add to a Node request. */
type Framed = IncomingMessage & { originalUrl?: string; body?: unknown }

/** A Node request on plain values, with no web objects in between. */
export function nodeRequest(request: Framed): PlainRequest {
  return {
    method: request.method ?? '',
    url: request.originalUrl ?? request.url ?? '/',
    headers: {
      get(name) {
        const value = request.headers[name]
        if (value === undefined) return null
        return typeof value === 'string' ? value : value.join(', ')
      },
    },
    readBody: (maxBytes, withinMs) => readBody(request, maxBytes, withinMs),
  }
}

function readBody(request: Framed, maxBytes: number, withinMs: number): Body | Promise<Body> {
  // A body parser was here before: what it made of the body is all there is.
  if (request.readableEnded || request.readableDidRead) return parsedBefore(request.body)
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    const timer = setTimeout(() => done('too-slow'), withinMs)
    const done = (body: Body) => {
      clearTimeout(timer)
      resolve(body)
    }
    request
      .on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > maxBytes) done('too-large')
        else chunks.push(chunk)
      })
      .on('end', () => done({ text: Buffer.concat(chunks).toString() }))
      // Also after an error, which Node keeps to itself where nobody listens for it.
      .on('close', () => done('gone'))
  })
}

function parsedBefore(body: unknown): Body {
  if (body === undefined) return 'gone'
  return typeof body === 'string' || body instanceof Uint8Array
    ? { text: Buffer.from(body).toString() }
    : { parsed: body }
}

/** Sends an answer, unless nobody listens any more. */
export function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body, close }: PlainAnswer,
): void {
  if (response.headersSent || response.destroyed) return
  const leaving = close || hasUnreadBody(request)
  // A body that never ends would otherwise be read and thrown away for ever.
  if (leaving) request.on('error', () => {}).resume()
  const all: Record<string, string | number> = { ...headers }
  if (status !== 204) all['Content-Length'] = Buffer.byteLength(body)
  if (leaving) all.Connection = 'close'
  response.writeHead(status, all)
  response.end(body)
}

/** A refusal before the body was read; a short, declared one is drained by Node and does no harm. */
function hasUnreadBody(request: IncomingMessage): boolean {
  if (request.complete) return false
  return !(Number(request.headers['content-length'] ?? Infinity) <= 1_024)
}
