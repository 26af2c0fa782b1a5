import { afterAll, describe, expect, test } from 'vitest'
import type { Example, ExampleOptions } from '../../examples/example.js'
import { start as express } from '../../examples/express.js'
import { start as fastify } from '../../examples/fastify.js'
import { start as hono } from '../../examples/hono.js'
import { start as nodeHttp } from '../../examples/nodeHttp.js'
import { routeHandlers } from '../../examples/routeHandlers.js'
import { memoryStore } from '../../server-reference/index.js'
import { exampleOptions } from '../support/servers/exampleOptions.js'

type Call = (path: string, init: RequestInit) => Promise<Response>

const cleanups: (() => unknown)[] = []
afterAll(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

const over =
  (start: (given: ExampleOptions) => Promise<Example>) =>
  async (given: Partial<ExampleOptions> = {}): Promise<Call> => {
    const { url, close } = await start({ ...exampleOptions, store: memoryStore(), ...given })
    cleanups.push(close)
    return (path, init) => fetch(url + path, init)
  }

async function served(given: Partial<ExampleOptions> = {}): Promise<Call> {
  const routes = routeHandlers({ ...exampleOptions, store: memoryStore(), ...given })
  cleanups.push(routes.close)
  return (path, init) => {
    const request = new Request(`http://app.example${path}`, init)
    if (path === '/sign-in') return routes.signIn.POST(request)
    return path === '/cases' ? routes.cases.GET(request) : routes.sessionSecurity.POST(request)
  }
}

const json = { 'content-type': 'application/json' }

function signIn(call: Call, headers: Record<string, string> = {}, name = 'ada', password = name) {
  const body = JSON.stringify({ username: name, password })
  return call('/sign-in', { method: 'POST', headers: { ...json, ...headers }, body })
}

const cookieOf = (response: Response) => response.headers.getSetCookie()[0] ?? ''

describe.each([
  ['plain node:http', over(nodeHttp)],
  ['Express with express-session', over(express)],
  ['Fastify with @fastify/session', over(fastify)],
  ['Hono', over(hono)],
  ['route handlers', served],
])('signing in with the example for %s', (_name, start) => {
  test('is refused to another site, and open to this one and to scripts', async () => {
    const call = await start()
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]) {
      const response = await signIn(call, headers)
      expect([response.status, cookieOf(response)]).toEqual([403, ''])
    }
    expect((await signIn(call, { 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    expect((await signIn(call)).status).toBe(200)
  })

  test('is slowed down after ten wrong passwords, for that name only', async () => {
    const call = await start()
    for (let guess = 0; guess < 10; guess += 1)
      expect((await signIn(call, {}, 'ada', `guess ${guess}`)).status).toBe(401)
    const limited = await signIn(call, {}, 'ada', 'ada')
    expect([limited.status, cookieOf(limited)]).toEqual([429, ''])
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await limited.json()).toEqual({ error: expect.stringMatching(/^Too many attempts/) })
    expect((await signIn(call, {}, 'bob')).status).toBe(200)
  })

  test('does not look up names and passwords that are too long, or are none', async () => {
    const call = await start()
    for (const [name, password] of [
      ['ada'.repeat(100), 'ada'],
      ['ada', 'ada'.repeat(400)],
    ])
      expect((await signIn(call, {}, name, password)).status).toBe(401)
    for (const body of ['{"username":["ada"],"password":"ada"}', 'null', '[]']) {
      const response = await call('/sign-in', { method: 'POST', headers: json, body })
      expect(response.status).toBeGreaterThanOrEqual(400)
      expect(cookieOf(response)).toBe('')
    }
  })

  test('is open however often the password is right', async () => {
    const call = await start()
    for (let time = 0; time < 60; time += 1) expect((await signIn(call)).status).toBe(200)
  })

  test('gives a cookie that only this host can set over TLS, and that stays with TLS', async () => {
    const proxied = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1' }
    const cookie = cookieOf(await signIn(await start({ secure: true }), proxied))
    expect(cookie).toMatch(/^__Host-/)
    expect(cookie.toLowerCase().split('; ')).toEqual(
      expect.arrayContaining(['secure', 'httponly', 'samesite=lax', 'path=/']),
    )
    expect(cookie).not.toMatch(/domain/i)
    const plain = cookieOf(await signIn(await start()))
    expect(plain).not.toMatch(/__Host-|Secure/i)
  })

  test('lets somebody in who has two stale cookies of the name without __Host-', async () => {
    const call = await start({ secure: true })
    const stale = 'sid=a; sid=b; connect.sid=a; connect.sid=b; sessionId=a; sessionId=b'
    const proxied = { 'x-forwarded-proto': 'https', cookie: stale }
    const [cookie = ''] = cookieOf(await signIn(call, proxied)).split(';', 1)
    const headers = { ...proxied, cookie: `${stale}; ${cookie}` }
    expect((await call('/cases', { headers })).status).toBe(200)
  })

  test('ends the session that the browser had before', async () => {
    const call = await start()
    const [first = ''] = cookieOf(await signIn(call)).split(';')
    const [second = ''] = cookieOf(await signIn(call, { cookie: first })).split(';')
    expect(second).not.toBe(first)
    const statusWith = async (cookie: string) =>
      (await call('/cases', { method: 'GET', headers: { cookie } })).status
    expect([await statusWith(first), await statusWith(second)]).toEqual([401, 200])
    const asked = await call('/session-security', {
      method: 'POST',
      headers: { ...json, cookie: first, 'sec-fetch-site': 'same-origin' },
      body: '{"v":1}',
    })
    expect(await asked.json()).toMatchObject({ state: 'ended', reason: 'signed-out' })
  })
})
