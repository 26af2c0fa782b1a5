import { RedisStore } from 'connect-redis'
import { MemoryStore } from 'express-session'
import { createClient } from 'redis'
import { afterAll, describe, expect, test } from 'vitest'
import type { Example, ExampleOptions } from '../../examples/example.js'
import { start as express } from '../../examples/express.js'
import { start as fastify } from '../../examples/fastify.js'
import { start as hono } from '../../examples/hono.js'
import { start as nodeHttp } from '../../examples/nodeHttp.js'
import { routeHandlers } from '../../examples/routeHandlers.js'
import { exampleOptions as options } from '../support/servers/exampleOptions.js'
import { startRedis } from '../support/servers/servers.js'

const cleanups: (() => unknown)[] = []
// The tests mostly wait, so they wait together.
afterAll(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** Next.js-style handlers as if served, each request going to the function of its route and method. */
async function served(given: ExampleOptions) {
  const routes = routeHandlers(given)
  cleanups.push(routes.close)
  const table: Record<string, (request: Request) => Promise<Response>> = {
    'POST /sign-in': routes.signIn.POST,
    'GET /cases': routes.cases.GET,
    'POST /session-security': routes.sessionSecurity.POST,
    'DELETE /session-security': routes.sessionSecurity.DELETE,
  }
  return (path: string, init: RequestInit) => {
    const handler = table[`${init.method} ${path}`]
    if (!handler) throw new Error(`No route for ${init.method} ${path}`)
    return handler(new Request(`http://app.example${path}`, init))
  }
}

const over =
  (start: (given: ExampleOptions) => Promise<Example>) => async (given: ExampleOptions) => {
    const { url, close } = await start(given)
    cleanups.push(close)
    return (path: string, init: RequestInit) => fetch(url + path, init)
  }

/**
 * A browser as far as it matters here: it says where it comes from, and keeps the cookie of the last
 * sign-in whatever it is told, as somebody would who has copied it.
 */
function browser(call: (path: string, init: RequestInit) => Promise<Response>) {
  let cookie = ''
  const ask = async (method: string, path: string, body?: object) => {
    const headers = { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }
    const response = await call(path, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    })
    const [set] = response.headers.getSetCookie()
    if (set && path === '/sign-in') cookie = set.split(';', 1)[0] ?? ''
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      json: text ? JSON.parse(text) : null,
    }
  }
  return {
    signIn: () => ask('POST', '/sign-in', { username: 'ada', password: 'ada' }),
    cases: () => ask('GET', '/cases'),
    get: (path: string) => ask('GET', path),
    post: (said: object) => ask('POST', '/session-security', { v: 1, ...said }),
    signOut: (session: string) => ask('DELETE', '/session-security', { v: 1, session }),
  }
}

/** Polls for so long, and gives the last answer. */
async function pollFor<T>(ms: number, ask: () => Promise<T>): Promise<T> {
  const until = performance.now() + ms
  for (;;) {
    const last = await ask()
    if (performance.now() >= until) return last
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

describe.concurrent.each([
  ['plain node:http', over(nodeHttp)],
  ['Express with express-session', over(express)],
  ['Fastify with @fastify/session', over(fastify)],
  ['Hono', over(hono)],
  ['route handlers', served],
])('the example for %s', (_name, start) => {
  test('shows nothing before the sign-in, and what it protects after it', async () => {
    const user = browser(await start(options))
    expect((await user.cases()).status).toBe(401)
    expect((await user.post({})).json).toMatchObject({ reason: 'unknown' })
    expect((await user.signIn()).status).toBe(200)
    const answer = await user.cases()
    expect([answer.status, answer.json]).toEqual([200, [{ id: 'C-1', title: 'Housing benefit' }]])
    expect(answer.headers.get('session-handle')).toMatch(/^[\w-]{22}$/)
  })

  test('ends an idle session, however much it polls', async () => {
    const expireAfter = 300
    const policy = { warnAfter: 150, expireAfter, absoluteTimeout: 60_000 }
    const user = browser(await start({ ...options, policy }))
    await user.signIn()
    await pollFor(3 * expireAfter, async () => [await user.cases(), await user.post({})])
    expect((await user.cases()).status).toBe(401)
    expect((await user.post({})).json).toMatchObject({ state: 'ended', reason: 'idle' })
  })

  test('keeps a session whose page reports that somebody is there', async () => {
    const policy = { warnAfter: 1_000, expireAfter: 2_000, absoluteTimeout: 60_000 }
    const user = browser(await start({ ...options, policy }))
    await user.signIn()
    const { session } = (await user.post({})).json
    await pollFor(2_500, () => user.post({ session, idleForMs: 0 }))
    expect((await user.cases()).status).toBe(200)
  })

  test('signs out for good', async () => {
    const user = browser(await start(options))
    await user.signIn()
    const { session } = (await user.post({})).json
    expect((await user.signOut(session)).status).toBe(204)
    expect((await user.cases()).status).toBe(401)
    expect((await user.post({})).json).toMatchObject({ state: 'ended', reason: 'signed-out' })
  })
})

describe.concurrent('the trap of express-session, closed', () => {
  /** Its own limit is as long as ours, and rolls with every request that carries the cookie. */
  async function polled(sessions: Parameters<typeof express>[0]['sessions'] & object) {
    const maxAge = 1_000
    const policy = { warnAfter: 500, expireAfter: maxAge, absoluteTimeout: 60_000 }
    const user = browser(
      await over(() => express({ ...options, policy, sessions, maxAge }))(options),
    )
    await user.signIn()
    const before = await user.cases()
    const unguarded = await pollFor(3 * maxAge, async () => {
      await user.cases()
      return user.get('/unguarded')
    })
    return { before, unguarded, after: await user.cases() }
  }

  test('ends a polled session in memory', async () => {
    const { before, after } = await polled(new MemoryStore())
    expect([before.status, after.status]).toEqual([200, 401])
  })

  test('ends a polled session on connect-redis', async () => {
    const server = await startRedis()
    const client = createClient({ socket: { host: '127.0.0.1', port: server.port } })
    await client.connect()
    cleanups.push(
      () => server.stop(),
      () => client.destroy(),
    )
    const { before, after } = await polled(new RedisStore({ client }))
    expect([before.status, after.status]).toEqual([200, 401])
  })

  test('is there: without the guard, polling keeps the app’s own session for three times its limit', async () => {
    const never = { warnAfter: 50_000, expireAfter: 60_000, absoluteTimeout: null }
    const user = browser(
      await over((given) => express({ ...given, policy: never, maxAge: 400 }))(options),
    )
    await user.signIn()
    const answer = await pollFor(1_200, () => user.get('/unguarded'))
    expect(answer.json).toEqual({ user: 'ada' })
  })
})
