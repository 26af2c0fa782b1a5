import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import http2 from 'node:http2'
import type { AddressInfo, Server } from 'node:net'
import express from 'express'
import { afterEach, describe, expect, test } from 'vitest'
import { type NodeHandler, toNodeGuard, toNodeHandler } from '../../../server-reference/index.js'
import { askPort } from '../../support/servers/callers.js'
import { freshId, world } from '../../support/servers/world.js'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => server.close())
  return (server.address() as AddressInfo).port
}

async function signedIn() {
  const all = world()
  const id = freshId()
  const active = await all.security.start({ id, subject: 'ada' })
  return { ...all, id, active, guard: toNodeGuard(all.security) }
}

const caching = {
  'Cache-Control': 'private, max-age=60',
  'CDN-Cache-Control': 'max-age=60',
  'X-Accel-Expires': '60',
}

/** What a warning of the process says, while something runs. */
async function warningsOf(run: () => Promise<unknown>): Promise<string[]> {
  const said: string[] = []
  const listen = (warning: Error) => said.push(warning.message)
  process.on('warning', listen)
  await run()
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', listen)
  return said
}

describe('the guard for Node', () => {
  const routes: Record<string, (response: ServerResponse) => void> = {
    '/set': (response) => {
      for (const [name, value] of Object.entries(caching)) response.setHeader(name, value)
      response.end('x')
    },
    '/written': (response) => response.writeHead(200, caching).end('x'),
    '/listed': (response) => response.writeHead(200, Object.entries(caching).flat()).end('x'),
    '/removed': (response) => {
      response.removeHeader('Cache-Control')
      response.end('x')
    },
    '/stricter': (response) => {
      response.setHeader('Cache-Control', 'no-store, private')
      response.end('x')
    },
  }

  test('keeps answers out of caches, whatever the route sets later, and says so in development', async () => {
    const { guard, id, active } = await signedIn()
    const port = await listen(
      createServer((request, response) =>
        guard(request, response, () => routes[request.url ?? '']?.(response)),
      ),
    )
    for (const path of Object.keys(routes)) {
      let answer: Awaited<ReturnType<typeof askPort>> | undefined
      const said = await warningsOf(async () => {
        answer = await askPort(port, { path, headers: { cookie: `sid=${id}` } })
      })
      expect(answer?.headers, path).toMatchObject({
        'cache-control': 'no-store',
        'session-at': '1000000',
        'session-handle': active.session,
        'session-subject': active.subject,
      })
      expect(answer?.headers).not.toHaveProperty('cdn-cache-control')
      expect(answer?.headers).not.toHaveProperty('x-accel-expires')
      const isOverruled = ['/set', '/written', '/listed'].includes(path)
      expect(said, path).toEqual(
        isOverruled ? [expect.stringMatching(`${path} is guarded.*private, max-age=60`)] : [],
      )
    }
    // Once is enough.
    const headers = { cookie: `sid=${id}` }
    expect(await warningsOf(() => askPort(port, { path: '/set', headers }))).toEqual([])
  })

  test('does so in Express, with what its answers set', async () => {
    const { guard, id } = await signedIn()
    const app = express()
    app.use('/api', guard)
    app.get('/api/cases', (_request, response) => {
      response.set('Cache-Control', 'public, max-age=3600').json([])
    })
    const port = await listen(createServer(app))
    const answer = await askPort(port, { path: '/api/cases', headers: { cookie: `sid=${id}` } })
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store'])
  })

  test('asks the app for the id that it loaded', async () => {
    const { security, id } = await signedIn()
    const guard = toNodeGuard(security, {
      loadedId: (request: IncomingMessage & { sessionID?: string }) => request.sessionID,
    })
    const port = await listen(
      createServer((request, response) => {
        Object.assign(request, { sessionID: request.headers['x-loaded'] })
        return guard(request, response, () => response.end('in'))
      }),
    )
    const visit = (loaded: string) =>
      askPort(port, { headers: { cookie: `sid=${id}`, 'x-loaded': loaded } })
    expect((await visit(id)).text).toBe('in')
    expect((await visit('another')).status).toBe(401)
  })
})

describe('HTTP/2', () => {
  async function connectTo(handler: NodeHandler) {
    const server = http2.createServer((request, response) => void handler(request, response))
    const port = await listen(server)
    const client = http2.connect(`http://127.0.0.1:${port}`)
    cleanups.push(() => client.destroy())
    return client
  }

  interface Outcome {
    status: number
    headers: http2.IncomingHttpHeaders
    text: string
    /** The stream's error code once it is closed, from both sides. */
    code: number
    ms: number
  }

  /** Sends a request, `body` null leaving it open, and waits until the stream is closed. */
  function send(
    client: http2.ClientHttp2Session,
    headers: http2.OutgoingHttpHeaders,
    body: string | null,
  ): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const start = performance.now()
      const stream = client.request(headers, { endStream: false })
      let got: http2.IncomingHttpHeaders & http2.IncomingHttpStatusHeader = {}
      let text = ''
      stream.on('response', (received) => {
        got = received
      })
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      stream.on('error', reject)
      stream.on('close', () =>
        resolve({
          status: got[':status'] ?? 0,
          headers: got,
          text,
          code: stream.rstCode ?? -1,
          ms: performance.now() - start,
        }),
      )
      if (body !== null) stream.end(body)
    })
  }

  const posting = (id: string, more: http2.OutgoingHttpHeaders = {}) => ({
    ':method': 'POST',
    ':path': '/session-security',
    'content-type': 'application/json',
    'sec-fetch-site': 'same-origin',
    cookie: `sid=${id}`,
    ...more,
  })

  test('is served, and compares Origin with :authority', async () => {
    const { security, id, active } = await signedIn()
    const client = await connectTo(toNodeHandler(security))
    const body = JSON.stringify({ v: 1, session: active.session, idleForMs: 0 })
    expect((await send(client, posting(id), body)).status).toBe(200)
    const { 'sec-fetch-site': _, ...headers } = posting(id, { ':authority': 'app.example' })
    const own = await send(client, { ...headers, origin: 'https://app.example' }, body)
    expect(own.status).toBe(200)
    const other = await send(client, { ...headers, origin: 'https://evil.example' }, body)
    expect(other.status).toBe(403)
    expect(other.text).toContain('app.example')
  })

  test('ends the stream after an answer whose body nobody waits for', async () => {
    const { security, id } = await signedIn()
    const quick = world({ bodyTimeout: 100 })
    const client = await connectTo(toNodeHandler(security))
    const slow = await connectTo(toNodeHandler(quick.security))
    const declared = await send(client, posting(id, { 'content-length': 1_000_000 }), null)
    expect([declared.status, declared.code]).toEqual([413, http2.constants.NGHTTP2_NO_ERROR])
    const late = await send(slow, posting(id), null)
    expect([late.status, late.code]).toEqual([408, http2.constants.NGHTTP2_NO_ERROR])
    const refused = await send(client, posting(id, { ':method': 'PUT' }), null)
    expect([refused.status, refused.code]).toEqual([405, http2.constants.NGHTTP2_NO_ERROR])
    expect(Math.max(declared.ms, late.ms, refused.ms)).toBeLessThan(1_500)
    // A short one that was announced may still come, for two seconds.
    const short = await send(client, posting(id, { ':method': 'PUT', 'content-length': 5 }), null)
    expect(short.status).toBe(405)
    expect(short.ms).toBeGreaterThan(1_500)
    expect(short.ms).toBeLessThan(4_000)
  })

  test('keeps the answers of guarded routes out of caches, also empty ones', async () => {
    const { guard, id } = await signedIn()
    const client = await connectTo((request, response) =>
      guard(request, response, () => {
        response.setHeader('Cache-Control', 'private, max-age=60')
        if (request.url === '/empty') response.end()
        else response.end('x')
      }),
    )
    for (const path of ['/full', '/empty']) {
      const answer = await send(client, { ':path': path, cookie: `sid=${id}` }, '')
      expect([answer.status, answer.headers['cache-control']], path).toEqual([200, 'no-store'])
    }
  })
})
