import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askEveryVariant } from '../support/servers/askEveryVariant.js'
import { type Running, startPostgres, startRedis } from '../support/servers/servers.js'
import {
  buildRecipe,
  type Recipe,
  type RecipeProcess,
  type Stack,
} from '../support/servers/startRecipe.js'

const databases: Record<Stack, () => Promise<Database>> = {
  memory: async () => ({ environment: {} }),
  redis: async () => {
    const server = await startRedis()
    const environment = { REDIS_URL: `redis://127.0.0.1:${server.port}` }
    return { server, environment, again: () => startRedis(server) }
  },
  postgres: async () => {
    const server = await startPostgres()
    return { server, environment: { DATABASE_URL: server.url }, again: () => startPostgres(server) }
  },
}

interface Database {
  environment: Record<string, string>
  server?: Running
  again?: () => Promise<Running>
}

describe.each<Stack>(['memory', 'redis', 'postgres'])(
  'the Express app of docs/server.md on %s',
  (stack) => {
    let database: Database
    let recipe: Recipe
    let app: RecipeProcess

    beforeAll(async () => {
      recipe = await buildRecipe(stack)
      database = await databases[stack]()
      app = await recipe.start(database.environment)
    }, 60_000)
    afterAll(async () => {
      await app?.kill()
      await database?.server?.stop()
      await recipe?.remove()
    })

    const { call, signIn, held, userOf, statusOf, observe } = callsTo(() => app)

    test('signs in and out, and then holds nothing of the session', async () => {
      expect(await statusOf('')).toBe(401)
      const { status, cookie } = await signIn()
      expect(status).toBe(200)
      expect([await statusOf(cookie), await userOf(cookie), await held()]).toEqual([200, 'ada', 1])
      const { session } = await observe(cookie)
      const signedOut = await call('DELETE', '/session-security', cookie, { v: 1, session })
      expect(signedOut.status).toBe(204)
      await expect.poll(held).toBe(0)
      expect([await statusOf(cookie), await userOf(cookie)]).toEqual([401, null])
    })

    test('guards its router however a path is written', async () => {
      const port = Number(new URL(app.url).port)
      const { cookie } = await signIn()
      const before = await askEveryVariant(port, cookie, '/api/cases')
      expect(before.filter(({ data }) => data).length).toBeGreaterThan(0)
      expect(before.filter(({ data, handle }) => data && handle === undefined)).toEqual([])
      await call('POST', '/end-everywhere')
      const after = await askEveryVariant(port, cookie, '/api/cases')
      expect(after.filter(({ status }) => status === 200)).toEqual([])
      await expect.poll(held).toBe(0)
    })

    test('refuses to sign anybody in for another site', async () => {
      const response = await fetch(`${app.url}/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' },
        body: '{"username":"ada","password":"ada"}',
      })
      expect([response.status, response.headers.getSetCookie()]).toEqual([403, []])
    })

    test('ends the session before a second sign-in, and keeps the second', async () => {
      const first = await signIn()
      const second = await signIn(first.cookie)
      expect(second.cookie).not.toBe(first.cookie)
      expect(await observe(first.cookie)).toMatchObject({ state: 'ended', reason: 'signed-out' })
      expect([await statusOf(first.cookie), await userOf(first.cookie)]).toEqual([401, null])
      expect([await statusOf(second.cookie), await userOf(second.cookie)]).toEqual([200, 'ada'])
      expect(await held()).toBe(1)
      await call('POST', '/end-everywhere')
      await expect.poll(held).toBe(0)
    })

    test('holds nothing of a session that idled out with nobody asking', async () => {
      const { cookie } = await signIn()
      expect(await held()).toBe(1)
      await expect.poll(held, { timeout: 10_000 }).toBe(0)
      expect([await statusOf(cookie), await userOf(cookie)]).toEqual([401, null])
    })

    test('holds nothing of sessions that were ended everywhere', async () => {
      const ada = [await signIn(), await signIn(), await signIn()]
      const bob = await signIn('', 'bob')
      await call('POST', '/end-everywhere')
      await expect.poll(held).toBe(1)
      for (const { cookie } of ada) expect(await userOf(cookie)).toBe(null)
      expect(await userOf(bob.cookie)).toBe('bob')
    })

    test('holds nothing of a session that a process before it started', async () => {
      const { cookie } = await signIn()
      await app.kill()
      app = await recipe.start(database.environment)
      await expect.poll(held, { timeout: 10_000 }).toBe(0)
      expect([await statusOf(cookie), await userOf(cookie)]).toEqual([401, null])
    })
  },
)

describe.each<Stack>(['redis', 'postgres'])('the Express app of docs/server.md on %s', (stack) => {
  test('outlives a restart of its database', async ({ onTestFinished }) => {
    const recipe = await buildRecipe(stack)
    onTestFinished(recipe.remove)
    const { server, again, environment } = await databases[stack]()
    let running = server
    onTestFinished(() => running?.stop())
    const app = await recipe.start(environment)
    onTestFinished(app.kill)
    const { signIn } = callsTo(() => app)
    const status = async () => (await signIn()).status

    expect(await status()).toBe(200)
    await server?.crash()
    expect(await status()).toBeGreaterThanOrEqual(500)
    running = await again?.()
    await expect.poll(status, { timeout: 20_000 }).toBe(200)
    expect(app.isRunning()).toBe(true)
  })
})

/** The requests of a browser, which the test keeps the cookies of. */
function callsTo(app: () => RecipeProcess) {
  const call = async (method: string, path: string, cookie = '', body?: object) => {
    const response = await fetch(app().url + path, {
      method,
      headers: { cookie, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    const [set = ''] = response.headers.getSetCookie()
    const [given = ''] = set.split(';', 1)
    return { status: response.status, json: isJson ? await response.json() : null, cookie: given }
  }
  const signIn = (cookie = '', name = 'ada') =>
    call('POST', '/sign-in', cookie, { username: name, password: name })
  const held = async () => (await call('GET', '/held')).json
  const userOf = async (cookie: string) => (await call('GET', '/unguarded', cookie)).json
  const statusOf = async (cookie: string) => (await call('GET', '/api/cases', cookie)).status
  const observe = async (cookie: string) =>
    (await call('POST', '/session-security', cookie, { v: 1 })).json
  return { call, signIn, held, userOf, statusOf, observe }
}
