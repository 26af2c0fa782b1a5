import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { httpTransport } from '../../src/core.js'

let server: Server | undefined

afterEach(async () => {
  server?.closeAllConnections()
  await new Promise((closed) => (server ? server.close(closed) : closed(undefined)))
})

async function transportTo(answer: RequestListener) {
  const listening = createServer(answer)
  server = listening
  await new Promise<void>((ready) => {
    listening.listen(0, '127.0.0.1', ready)
  })
  const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/session-security`
  return httpTransport({ url, headers: () => ({ 'X-XSRF-TOKEN': 'token' }) })
}

const ask = async (answer: RequestListener) => {
  const transport = await transportTo(answer)
  const request = { session: 's1', idleFor: 12, signal: AbortSignal.timeout(2_000) }
  return transport.ask(request).catch(() => ({ state: 'unknown' }))
}

const active = {
  v: 1,
  state: 'active',
  at: 1_000,
  session: 's1',
  subject: 'a',
  idleMs: 12,
  remainingMs: 600_000,
  absoluteRemainingMs: null,
  endsBy: 'idle',
  extendable: true,
  policy: { warnAfterMs: 480_000, expireAfterMs: 600_000, warnBeforeAbsoluteMs: null },
}

const json = (status: number, body: unknown): RequestListener => {
  return (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
  }
}

test('it asks by POST, names its session, reports its idleness and sends the headers given', async () => {
  let seen: unknown
  const verdict = await ask((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const { 'content-type': type, 'x-xsrf-token': token } = request.headers
      seen = { method: request.method, type, token, body: JSON.parse(`${Buffer.concat(chunks)}`) }
      json(200, active)(request, response)
    })
  })
  expect(seen).toEqual({
    method: 'POST',
    type: 'application/json',
    token: 'token',
    body: { v: 1, session: 's1', idleForMs: 12 },
  })
  expect(verdict).toMatchObject({ state: 'active', remaining: 600_000, idle: 12, session: 's1' })
})

test("only the protocol's own 401 is an end", async () => {
  const ended = { v: 1, state: 'ended', reason: 'idle', session: 's1', status: 401 }
  expect(await ask(json(401, ended))).toEqual({ state: 'ended', reason: 'idle', session: 's1' })
  expect(await ask(json(401, { ...ended, reason: 'fun' }))).toMatchObject({ reason: 'unknown' })
})

test.each<[string, RequestListener]>([
  ["a proxy's 401", json(401, { error: 'sign in' })],
  ['403', json(403, { ...active })],
  ['500', json(500, { ...active })],
  ['another version', json(200, { ...active, v: 2 })],
  ['an active answer with 401', json(401, active)],
  ['an end with 200', json(200, { v: 1, state: 'ended', reason: 'idle' })],
  ["no store's time", json(200, { ...active, at: undefined })],
  ['a negative time', json(200, { ...active, remainingMs: -1 })],
  ['a fraction', json(200, { ...active, remainingMs: 1.5 })],
  ['a time that is text', json(200, { ...active, remainingMs: '600000' })],
  ['no policy', json(200, { ...active, policy: undefined })],
  ['null', json(200, null)],
  ['an array', json(200, [active])],
  ['HTML', (_request, response) => response.writeHead(200).end('<!doctype html><p>Sign in</p>')],
  [
    'truncated JSON',
    (_request, response) => {
      const body = JSON.stringify(active)
      response.writeHead(200, { 'Content-Length': body.length }).write(body.slice(0, 40))
      setTimeout(() => response.destroy(), 20)
    },
  ],
  [
    'a redirect',
    (request, response) => {
      if (request.url === '/sign-in') json(200, active)(request, response)
      else response.writeHead(302, { Location: '/sign-in' }).end()
    },
  ],
  ['a closed connection', (request) => request.socket.destroy()],
])('%s is neither active nor an end', async (_what, answer) => {
  expect(await ask(answer)).toEqual({ state: 'unknown' })
})

test('"too many" says how long to wait, up to five minutes', async () => {
  const tooMany = (after: string) =>
    ask((_request, response) => response.writeHead(429, { 'Retry-After': after }).end())
  expect(await tooMany('7')).toEqual({ state: 'unknown', retryAfter: 7_000 })
  expect(await tooMany('86400')).toEqual({ state: 'unknown', retryAfter: 300_000 })
  expect(await tooMany('soon')).toEqual({ state: 'unknown' })
})

test('a sign-out is confirmed by 204, and by 401, where there is nothing left to end', async () => {
  const end = async (status: number) => {
    const transport = await transportTo((_request, response) => response.writeHead(status).end())
    return transport.end?.({ session: 's1', signal: AbortSignal.timeout(2_000) })
  }
  await expect(end(204)).resolves.toBeUndefined()
  await expect(end(401)).resolves.toBeUndefined()
  await expect(end(503)).rejects.toThrow('503')
  await expect(end(302)).rejects.toThrow('302')
})
