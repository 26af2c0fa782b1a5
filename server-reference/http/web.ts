import type { Body, PlainAnswer, PlainRequest } from './plain.js'

/** A web `Request` as plain values. */
export function webRequest(request: Request): PlainRequest {
  return {
    method: request.method,
    url: request.url,
    headers: {
      get: (name) => request.headers.get(name) ?? (name === 'host' ? hostOf(request) : null),
    },
    readBody: (maxBytes, withinMs) => readBody(request, maxBytes, withinMs),
  }
}

/**
 * A `Request` that a test or a framework made may have no `Host`. Then take it from the address.
 */
const hostOf = (request: Request) => new URL(request.url).host

async function readBody(request: Request, maxBytes: number, withinMs: number): Promise<Body> {
  if (request.bodyUsed) return 'gone'
  if (!request.body) return { text: '' }
  const reader = request.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, withinMs, 'late')
  })
  try {
    for (;;) {
      const read = await Promise.race([reader.read(), late])
      if (read === 'late') return 'too-slow'
      if (read.done) return { text: Buffer.concat(chunks).toString() }
      size += read.value.byteLength
      if (size > maxBytes) return 'too-large'
      chunks.push(read.value)
    }
  } catch {
    return 'gone'
  } finally {
    clearTimeout(timer)
    // Cancel a body that was not read. Otherwise its stream would keep filling.
    reader.cancel().catch(() => {})
  }
}

export function toResponse({ status, headers, body, close }: PlainAnswer): Response {
  const all = new Headers()
  for (const [name, values] of Object.entries(headers))
    for (const value of [values].flat()) all.append(name, value)
  if (close) all.set('Connection', 'close')
  return new Response(body === '' ? null : body, { status, headers: all })
}
