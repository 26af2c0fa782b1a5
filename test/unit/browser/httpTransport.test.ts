import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { problemOf, unknownAnswer } from '../../../src/browser/requests/unknownAnswer.js'
import { httpTransport } from '../../../src/core.js'

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

const problem = (status: number, name: string): RequestListener =>
  json(status, { type: `tag:react-session-security,2026:/${name}`, status })

const endAt = async (answer: RequestListener) => {
  const transport = await transportTo(answer)
  return transport.end?.({ session: 's1', signal: AbortSignal.timeout(2_000) })
}

test("a sign-out is confirmed by 204, and by the protocol's own 401", async () => {
  await expect(
    endAt((_request, response) => response.writeHead(204).end()),
  ).resolves.toBeUndefined()
  const ended = { v: 1, state: 'ended', reason: 'unknown', status: 401 }
  await expect(endAt(json(401, ended))).resolves.toBeUndefined()
})

test('a sign-out that ended nothing tells whose session the cookie belongs to', async () => {
  await expect(endAt(json(200, { ...active, session: 's2' }))).resolves.toMatchObject({
    state: 'active',
    session: 's2',
    subject: 'a',
  })
})

test.each<[string, RequestListener]>([
  ["a gateway's 401", json(401, { error: 'sign in' })],
  [
    "a gateway's 401 in HTML",
    (_request, response) => response.writeHead(401).end('<p>Sign in</p>'),
  ],
  ['200 with HTML', (_request, response) => response.writeHead(200).end('<!doctype html>')],
  ['200 with an end', json(200, { v: 1, state: 'ended', reason: 'idle' })],
  ['202', json(202, {})],
  ['205', (_request, response) => response.writeHead(205).end()],
  ['302', (_request, response) => response.writeHead(302, { Location: '/' }).end()],
  ['503', problem(503, 'unavailable')],
  ['429', problem(429, 'too-many')],
  ["the protocol's own 403", problem(403, 'forbidden')],
  ['a closed connection', (request) => request.socket.destroy()],
])('a sign-out is not confirmed by %s', async (_what, answer) => {
  await expect(endAt(answer)).rejects.toThrow()
})

/** A firewall that lets no DELETE pass, before a server that takes sign-outs by POST. */
function firewall(refusal: RequestListener, seen: unknown[]): RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      seen.push([request.method, JSON.parse(`${Buffer.concat(chunks)}`)])
      if (request.method === 'DELETE') refusal(request, response)
      else response.writeHead(204).end()
    })
  }
}

test.each<[string, RequestListener]>([
  ['403 with HTML', (_request, response) => response.writeHead(403).end('<h1>Forbidden</h1>')],
  ['405 without a body', (_request, response) => response.writeHead(405).end()],
  ['501 as a problem of its own', json(501, { type: 'about:blank' })],
])(
  'where DELETE is refused by %s, it signs out by POST, from then on at once',
  async (_, refusal) => {
    const seen: unknown[] = []
    const transport = await transportTo(firewall(refusal, seen))
    const request = () => ({ session: 's1', signal: AbortSignal.timeout(2_000) })
    await expect(transport.end?.(request())).resolves.toBeUndefined()
    await expect(transport.end?.(request())).resolves.toBeUndefined()
    const byPost = ['POST', { v: 1, session: 's1', signOut: true }]
    expect(seen).toEqual([['DELETE', { v: 1, session: 's1' }], byPost, byPost])
  },
)

test('the protocol’s own refusals of DELETE are no reason to try POST', async () => {
  const seen: unknown[] = []
  const transport = await transportTo(firewall(problem(403, 'forbidden'), seen))
  const ended = transport.end?.({ session: 's1', signal: AbortSignal.timeout(2_000) })
  await expect(ended).rejects.toThrow('403')
  expect(seen).toHaveLength(1)
})

test('a refusal is told apart from silence, with the reason that the server gives', async () => {
  const detail = 'The request comes from another site: Origin is not this host.'
  const refusal = { type: 'tag:react-session-security,2026:/forbidden', title: 'Forbidden', detail }
  expect(await ask(json(403, refusal))).toEqual({ state: 'unknown', refused: detail })
  expect(await ask(json(404, { title: 'Not Found' }))).toMatchObject({ refused: 'Not Found' })
  expect(await ask((_request, response) => response.writeHead(403).end('<p>No</p>'))).toEqual({
    state: 'unknown',
    refused: 'The server answered 403.',
  })
  expect(await ask(json(403, { detail: 'x'.repeat(5_000) }))).toEqual({
    state: 'unknown',
    refused: 'x'.repeat(300),
  })
})

test.each([
  ['Retry-After: 7', { 'Retry-After': '7' }, 7_000],
  ['Retry-After: 0', { 'Retry-After': '0' }, undefined],
  ['a negative Retry-After', { 'Retry-After': '-5' }, undefined],
  ['a Retry-After that is a date', { 'Retry-After': 'Fri, 27 Nov 2026 10:00:00 GMT' }, undefined],
  ['a Retry-After of a day', { 'Retry-After': '86400' }, 300_000],
  ['no Retry-After', {}, undefined],
])(
  'a 503 with %s delays the next request by the time it names, five minutes at most',
  async (_, headers, retryAfter) => {
    const response = new Response('', { status: 503, headers: headers as HeadersInit })
    expect(await unknownAnswer(response)).toEqual({
      state: 'unknown',
      ...(retryAfter !== undefined && { retryAfter }),
    })
  },
)

test('only the texts of a problem count as its reason', async () => {
  const problem = JSON.stringify({ detail: 5, title: 'Forbidden', status: 403 })
  const response = () => new Response(problem, { status: 403 })
  expect(await unknownAnswer(response())).toMatchObject({ refused: 'Forbidden' })
  expect(await problemOf(response())).toEqual({ title: 'Forbidden' })
  expect(await problemOf(new Response('null'))).toEqual({})
  expect(await problemOf(new Response('no JSON'))).toEqual({})
})

test('a sign-out and a last report outlive the page, a question does not', async () => {
  const sent: { method: string | undefined; keepalive: boolean | undefined }[] = []
  const fetch = vi.fn(async (_: unknown, init?: RequestInit) => {
    sent.push({ method: init?.method, keepalive: init?.keepalive })
    return new Response(null, { status: 204 })
  })
  const { ask, end } = httpTransport({ url: 'https://app.example/s', fetch })
  const { signal } = new AbortController()
  await ask({ signal })
  await ask({ session: 's', idleFor: 5, signal })
  await ask({ session: 's', idleFor: 5, keepalive: true, signal })
  await end?.({ session: 's', signal })
  expect(sent.map(({ keepalive }) => keepalive ?? false)).toEqual([false, false, true, true])
})
