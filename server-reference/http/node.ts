import type { IncomingMessage, ServerResponse } from 'node:http'
import { nextTurn } from '../async/nextTurn.js'
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
        const value = request.headers[name] ?? (name === 'host' ? authorityOf(request) : undefined)
        if (value === undefined) return null
        return typeof value === 'string' ? value : value.join(', ')
      },
    },
    readBody: (maxBytes, withinMs) => readBody(request, maxBytes, withinMs),
  }
}

/** HTTP/2 has a separate field for the host. */
const authorityOf = ({ headers }: IncomingMessage) => headers[':authority']

async function readBody(request: Framed, maxBytes: number, withinMs: number): Promise<Body> {
  // A body parser has run before, so only its result is left.
  if (request.readableEnded || request.readableDidRead) return parsedBefore(request.body)
  // A short body arrives with the headers, and is there once Node has read them. No need to
  // listen.
  if (!request.complete) await nextTurn()
  return request.complete
    ? wholeBody(request, maxBytes)
    : bodyAsItComes(request, maxBytes, withinMs)
}

function wholeBody(request: IncomingMessage, maxBytes: number): Body {
  const all: Buffer | null = request.read()
  if (all === null) return { text: '' }
  return all.length > maxBytes ? 'too-large' : { text: all.toString() }
}

function bodyAsItComes(request: IncomingMessage, maxBytes: number, ms: number): Promise<Body> {
  return new Promise((resolve) => {
    if (request.destroyed) return resolve('gone')
    const chunks: Buffer[] = []
    let size = 0
    const timer = setTimeout(() => done('too-slow'), ms)
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
      // Also after an error, which Node does not report without a listener.
      .on('close', () => done('gone'))
  })
}

function parsedBefore(body: unknown): Body {
  if (body === undefined) return 'gone'
  return typeof body === 'string' || body instanceof Uint8Array
    ? { text: Buffer.from(body).toString() }
    : { parsed: body }
}

/** How long (ms) the rest of a refused request's body may take to arrive. */
const drainFor = 2_000

/** Sends an answer, unless the client is gone. */
export function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body, close }: PlainAnswer,
): void {
  if (response.headersSent || response.destroyed) return
  const leaving = close || hasUnreadBody(request)
  const stream = http2StreamOf(response)
  // Otherwise Node would read and discard an endless body for ever.
  if (!request.complete) request.on('error', () => {}).resume()
  response.writeHead(status, {
    ...headers,
    ...(status !== 204 && { 'Content-Length': Buffer.byteLength(body) }),
    ...(leaving && !stream && { Connection: 'close' }),
  })
  response.end(body)
  if (request.complete) return
  // HTTP/2 has no `Connection: close`. The stream ends, and the connection continues.
  if (stream) closeWhen(leaving ? 0 : drainFor, request, () => stream.close(noError))
  else if (!leaving) closeWhen(drainFor, request, () => request.destroy())
}

/**
 * A short body that was announced may still arrive, and is discarded. But do not wait long for
 * it.
 */
function closeWhen(ms: number, request: IncomingMessage, close: () => void) {
  if (ms === 0) return close()
  const timer = setTimeout(close, ms).unref()
  const stop = () => clearTimeout(timer)
  request.once('end', stop).once('close', stop)
}

/** Is the body too long to read and discard, or of unknown length? A short one does no harm. */
function hasUnreadBody(request: IncomingMessage): boolean {
  if (request.complete || isWithoutBody(request)) return false
  return !(Number(request.headers['content-length'] ?? Infinity) <= 1_024)
}

interface Http2Stream {
  /** Does the request have no body? */
  readonly endAfterHeaders: boolean
  close(code: number): void
}

/** HTTP/2's NO_ERROR: the answer is complete, and the rest of the request is not needed. */
const noError = 0

const http2StreamOf = (message: object) =>
  (message as { stream?: Http2Stream | undefined }).stream ?? null

const isWithoutBody = (request: IncomingMessage) => http2StreamOf(request)?.endAfterHeaders === true
