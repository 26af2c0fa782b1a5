import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type SessionSecurity, toNodeHandler } from '../../../server-reference/index.js'
import { askPort, viaFetch } from '../../support/servers/callers.js'
import { freshId, minute, page, world } from '../../support/servers/world.js'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

type Before = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

/** A real server around the endpoint, perhaps with a middleware before it. */
async function listen(security: SessionSecurity, before: Before = (_q, _s, next) => next()) {
  const handler = toNodeHandler(security)
  const server = createServer((request, response) =>
    before(request, response, () => void handler(request, response)),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { server, port: (server.address() as AddressInfo).port }
}

async function signedIn(before?: Before) {
  const all = world({ bodyTimeout: 300 })
  const id = freshId()
  const { session } = await all.security.start({ id, subject: 'ada' })
  const { port, server } = await listen(all.security, before)
  const head = (more: string) =>
    `POST / HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nCookie: sid=${id}\r\n${more}\r\n\r\n`
  const body = JSON.stringify({ v: 1, session, idleForMs: 0 })
  return { ...all, id, session, port, server, head, body }
}

/** A raw client: what came back, and how long until the server closed. */
function raw(
  port: number,
  talk: (socket: Socket) => void,
): Promise<{ text: string; ms: number; sent: number }> {
  return new Promise((resolve) => {
    const start = performance.now()
    let text = ''
    const socket = connect(port, '127.0.0.1', () => talk(socket))
    cleanups.push(() => socket.destroy())
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('error', () => {})
    socket.on('close', () =>
      resolve({ text, ms: performance.now() - start, sent: socket.bytesWritten }),
    )
  })
}

test('refuses a megabyte by its declaration, and closes', async () => {
  const { port, head } = await signedIn()
  const { text } = await raw(port, (socket) => socket.write(head('Content-Length: 1000000')))
  expect(text).toMatch(/^HTTP\/1\.1 413 /)
  expect(text).toMatch(/Connection: close/i)
})

test('refuses an endless body after its first kilobyte, and closes', async () => {
  const { port, head } = await signedIn()
  const { text, sent } = await raw(port, (socket) => {
    socket.write(head('Transfer-Encoding: chunked'))
    const chunk = `400\r\n${'x'.repeat(1_024)}\r\n`
    const timer = setInterval(() => socket.write(chunk), 1)
    socket.on('close', () => clearInterval(timer))
  })
  expect(text).toMatch(/^HTTP\/1\.1 413 /)
  expect(sent).toBeLessThan(200_000)
})

test('gives up on a body that drips in, and closes', async () => {
  const { port, head } = await signedIn()
  const { text, ms } = await raw(port, (socket) => {
    socket.write(head('Content-Length: 1000'))
    const timer = setInterval(() => socket.write('x'), 50)
    socket.on('close', () => clearInterval(timer))
  })
  expect(text).toMatch(/^HTTP\/1\.1 408 /)
  expect(ms).toBeGreaterThan(290)
  expect(ms).toBeLessThan(2_000)
})

test('does not read a body that comes with a refusal', async () => {
  const { port } = await signedIn()
  const { text } = await raw(port, (socket) =>
    socket.write('PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n'),
  )
  expect(text).toMatch(/^HTTP\/1\.1 405 /)
})

test('closes within seconds where the rest of a short body never comes', async () => {
  const { port, head } = await signedIn()
  const never = [
    // Refused before the body is read.
    head('Content-Length: 900').replace('POST', 'PUT'),
    head('Content-Length: 900').replace('same-origin', 'cross-site'),
    head('Content-Length: 900').replace('application/json', 'text/plain'),
    // Answered without it.
    head('Content-Length: 900').replace('POST', 'GET'),
    // Read in vain.
    head('Content-Length: 900'),
  ]
  const statuses = await Promise.all(
    never.map(async (request) => {
      const { text, ms } = await raw(port, (socket) => socket.write(request))
      expect(ms).toBeLessThan(5_000)
      return text.slice(9, 12)
    }),
  )
  expect(statuses).toEqual(['405', '403', '415', '200', '408'])
}, 10_000)

test('survives clients that hang up at any moment', async () => {
  const { port, head, body, events } = await signedIn()
  const full = head(`Content-Length: ${body.length}`) + body
  for (let cut = 1; cut < full.length; cut += 7) {
    const socket = connect(port, '127.0.0.1', () => socket.end(full.slice(0, cut)))
    socket.on('error', () => {})
    await new Promise((resolve) => socket.resume().on('close', resolve))
  }
  const reset = connect(port, '127.0.0.1', () => {
    reset.write(full)
    reset.resetAndDestroy()
  })
  reset.on('error', () => {})
  await new Promise((resolve) => reset.on('close', resolve))
  expect(events.filter(({ type }) => type === 'failed')).toEqual([])
  expect((await askPort(port, { method: 'PUT' })).status).toBe(405)
})

test('keeps the connection open where nothing is wrong with it', async () => {
  const { port, head, body } = await signedIn()
  const one = head(`Content-Length: ${body.length}`) + body
  const small = head('Content-Length: 2').replace('POST', 'PUT')
  const { text } = await raw(port, (socket) => {
    socket.write(`${one}${small}{}${one}`)
    let answers = 0
    socket.on('data', (chunk) => {
      answers += String(chunk).split('HTTP/1.1 ').length - 1
      if (answers === 3) socket.end()
    })
  })
  expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 405', 'HTTP/1.1 200'])
})

describe('behind a body parser', () => {
  /** Reads the body as body parsers do. */
  const parser =
    (keep: (text: string) => unknown): Before =>
    (request, _response, next) => {
      let text = ''
      request.on('data', (chunk) => {
        text += chunk
      })
      request.on('end', () => {
        Object.assign(request, { body: keep(text) })
        next()
      })
    }
  const headersFor = (id: string) => ({
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
    cookie: `sid=${id}`,
  })

  test('takes the parsed body', async () => {
    const { port, id, body, pass } = await signedIn(parser(JSON.parse))
    pass(minute)
    const answer = await askPort(port, { method: 'POST', headers: headersFor(id), body })
    expect(answer.json).toMatchObject({ state: 'active', idleMs: 0 })
  })

  test('takes a body that was kept as text or bytes', async () => {
    for (const keep of [(text: string) => text, (text: string) => Buffer.from(text)]) {
      const { port, id, body } = await signedIn(parser(keep))
      expect((await askPort(port, { method: 'POST', headers: headersFor(id), body })).status).toBe(
        200,
      )
    }
  })

  test('refuses, and does not wait for, a body that was read and thrown away', async () => {
    const { port, id, body } = await signedIn(parser(() => undefined))
    expect((await askPort(port, { method: 'POST', headers: headersFor(id), body })).status).toBe(
      400,
    )
  })
})

describe('through fetch', () => {
  async function post(body: BodyInit, extra: Record<string, string> = {}) {
    const { security, id } = await signedIn()
    const headers = {
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/json',
      cookie: `sid=${id}`,
      ...extra,
    }
    const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
    return security.fetch(new Request('http://app.example/', init))
  }

  test('stops reading an endless stream', async () => {
    let pulled = 0
    let isCancelled = false
    const endless = new ReadableStream({
      pull: (controller) => {
        pulled++
        controller.enqueue(new Uint8Array(512))
      },
      cancel: () => {
        isCancelled = true
      },
    })
    const answer = await post(endless)
    expect(answer.status).toBe(413)
    expect(pulled).toBeLessThan(10)
    expect(isCancelled).toBe(true)
  })

  test('gives up on a stream that never comes', async () => {
    expect((await post(new ReadableStream())).status).toBe(408)
  })

  test('refuses a request whose body somebody read before', async () => {
    const { security, id } = await signedIn()
    const request = new Request('http://app.example/', {
      method: 'POST',
      headers: {
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/json',
        cookie: `sid=${id}`,
      },
      body: '{"v":1}',
    })
    await request.text()
    expect((await security.fetch(request)).status).toBe(400)
  })
})

test('holds ten thousand requests of one session at once to the limit, and nobody else', async () => {
  const { security } = world()
  const caller = await viaFetch(security)
  const [ada, bob] = [freshId(), freshId()]
  const { session } = await security.start({ id: ada, subject: 'ada' })
  const other = await security.start({ id: bob, subject: 'bob' })
  const tab = page(caller, ada)
  const statuses = new Map<number, number>()
  let last: Record<string, string> = {}
  for (let i = 0; i < 10_000; i++) {
    const { status, headers } = await tab.report(0, session)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    last = headers
  }
  expect(statuses.get(200)).toBeLessThan(100)
  expect((statuses.get(200) ?? 0) + (statuses.get(429) ?? 0)).toBe(10_000)
  expect(Number(last['retry-after'])).toBeGreaterThanOrEqual(1)
  expect((await page(caller, bob).report(0, other.session)).status).toBe(200)
  // The flood can't keep anybody signed in.
  expect((await tab.signOut(session)).status).toBe(204)
})
