import { createServer, type Server, type Socket } from 'node:net'
import { Cluster, Redis } from 'ioredis'
import pg from 'pg'
import { createClient, createClientPool, createCluster } from 'redis'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { createSessionSecurity, type SessionStore } from '../../../server-reference/index.js'
import { postgresSchema, postgresStore } from '../../../server-reference/postgres.js'
import { redisStore } from '../../../server-reference/redis.js'
import { startPostgres, startRedis, startRedisCluster } from '../../support/servers/servers.js'
import { counting, requestOf } from '../../support/servers/watchWorld.js'
import { freshId, world } from '../../support/servers/world.js'

const cleanups: (() => unknown)[] = []
const last: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})
afterAll(async () => {
  for (const cleanup of last.splice(0).reverse()) await cleanup()
})

async function until(isSo: () => boolean): Promise<void> {
  const giveUp = Date.now() + 10_000
  while (!isSo()) {
    if (Date.now() > giveUp) throw new Error('It did not happen within ten seconds.')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Until it has been the same for a quarter of a second: a start and a subscription each ask once. */
async function settled(count: () => number): Promise<number> {
  let [seen, since] = [count(), performance.now()]
  await until(() => {
    if (count() !== seen) [seen, since] = [count(), performance.now()]
    return performance.now() - since > 250
  })
  return seen
}

/** What one process sees of sessions that another ends: two handlers, each with a store of its own. */
async function twoProcesses(here: SessionStore, there: SessionStore) {
  const links: ('connected' | 'lost')[] = []
  const noting: SessionStore = {
    ...here,
    watchEnds: (listener) =>
      here.watchEnds?.({
        ...listener,
        connected() {
          links.push('connected')
          listener.connected()
        },
        lost(error) {
          links.push('lost')
          listener.lost(error)
        },
      }) ?? (() => {}),
  }
  const { store, looks } = counting(noting)
  const secret = 'a secret that is long enough, really'
  const [watching, ending] = [world({ store, secret }), world({ store: there, secret })]
  cleanups.push(watching.security.close, ending.security.close)
  const isConnected = () => links.at(-1) === 'connected'
  return {
    looks,
    isConnected,
    links,
    ending: ending.security,
    events: watching.events,
    /** A session that is watched here and can be ended there. */
    async watched(subject = 'ada') {
      const id = freshId()
      await ending.security.start({ id, subject })
      const over = { reason: '', at: 0 }
      const stop = watching.security.watch(requestOf(id), ({ reason }) => {
        over.reason = reason
        over.at = performance.now()
      })
      return { id, over, stop, isOver: () => over.reason !== '' }
    },
  }
}

/** A way to a server that can be cut and opened again. */
async function wayTo(port: number) {
  const sockets = new Set<Socket>()
  let isCut = false
  const server: Server = createServer((socket) => {
    socket.on('error', () => {})
    if (isCut) return void socket.destroy()
    const onward = new (socket.constructor as typeof Socket)()
    onward.on('error', () => {}).connect(port, '127.0.0.1')
    for (const one of [socket, onward]) {
      sockets.add(one)
      one.on('close', () => {
        sockets.delete(one)
        socket.destroy()
        onward.destroy()
      })
    }
    socket.pipe(onward).pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  last.push(() => server.close())
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut() {
      isCut = true
      for (const socket of sockets) socket.destroy()
    },
    mend() {
      isCut = false
    },
  }
}

const ignore = () => {}

/** A store for the process that watches (`port`), and one for the other. */
const kinds = {
  async 'node-redis'(port: number) {
    const client = createClient({ socket: { port, host: '127.0.0.1' } })
    await client.on('error', ignore).connect()
    cleanups.push(() => client.destroy())
    return redisStore(client)
  },
  async ioredis(port: number) {
    const client = new Redis(port, '127.0.0.1', { keyPrefix: 'app:' })
    client.on('error', ignore)
    cleanups.push(() => client.disconnect())
    return redisStore(client)
  },
  async 'a pool of node-redis'(port: number) {
    const pool = createClientPool({ socket: { port, host: '127.0.0.1' } })
    await pool.on('error', ignore).connect()
    cleanups.push(() => pool.destroy())
    return redisStore(pool)
  },
  async pg(port: number) {
    const pool = new pg.Pool({ connectionString: `postgres://postgres@127.0.0.1:${port}/postgres` })
    pool.on('error', ignore)
    await pool.query(postgresSchema())
    cleanups.push(() => pool.end())
    return postgresStore(pool)
  },
}

const servers = new Map<string, Promise<{ port: number }>>()
function serverOf(kind: string): Promise<{ port: number }> {
  const name = kind === 'pg' ? 'postgres' : 'redis'
  const started =
    servers.get(name) ??
    (name === 'postgres' ? startPostgres() : startRedis()).then((server) => {
      last.push(server.stop)
      return server
    })
  servers.set(name, started)
  return started
}

describe.each(Object.entries(kinds))('streams on a store of %s', (kind, open) => {
  test('cost nothing while nothing happens, and end with their session', async () => {
    const { port } = await serverOf(kind)
    const app = await twoProcesses(await open(port), await open(port))
    const { watched, looks, ending, isConnected } = app
    const first = await watched('bob')
    await until(isConnected)
    const second = await watched('ada')
    const third = await watched('ada')
    await until(() => looks() >= 3)
    const before = await settled(looks)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(looks()).toBe(before)
    await ending.endSubject('ada')
    const ended = performance.now()
    await until(() => second.isOver() && third.isOver())
    expect(Math.max(second.over.at, third.over.at) - ended).toBeLessThan(250)
    expect([second.over.reason, third.over.reason]).toEqual(['revoked', 'revoked'])
    expect([first.isOver(), looks()]).toEqual([false, before])
    const id = freshId()
    await ending.start({ id, subject: 'bob', replaces: first.id })
    await until(first.isOver)
    expect(first.over.reason).toBe('signed-out')
  })

  test('are looked at every second while the subscription is lost, and once when it is back', async () => {
    const { port } = await serverOf(kind)
    const way = await wayTo(port)
    const direct = await open(port)
    const through = await open(way.port)
    // Only the subscription goes the way that is cut.
    const here: SessionStore = {
      ...direct,
      ...(through.watchEnds && { watchEnds: through.watchEnds }),
    }
    const { watched, looks, ending, isConnected, links, events } = await twoProcesses(
      here,
      await open(port),
    )
    const [first, second] = [await watched(), await watched()]
    await until(isConnected)
    way.cut()
    await until(() => !isConnected())
    expect(events.some(({ type }) => type === 'store-down')).toBe(true)
    await ending.end({ id: first.id, reason: 'revoked' })
    const ended = performance.now()
    await until(first.isOver)
    expect(first.over.reason).toBe('revoked')
    // A look each second; twice that is for a machine that does other things as well.
    expect(first.over.at - ended).toBeLessThan(3_000)
    const before = looks()
    way.mend()
    await until(isConnected)
    await until(() => looks() > before)
    expect(links[0]).toBe('connected')
    await ending.end({ id: second.id })
    const endedLater = performance.now()
    await until(second.isOver)
    expect(second.over.at - endedLater).toBeLessThan(250)
  }, 60_000)
})

test.each(['node-redis', 'ioredis'] as const)(
  'streams on a cluster, through %s, end with their session',
  async (kind) => {
    const nodes = await startRedisCluster()
    last.push(...nodes.map(({ stop }) => stop))
    const root = nodes.map(({ port }) => ({ host: '127.0.0.1', port }))
    const store = async () => {
      if (kind === 'ioredis') {
        const cluster = new Cluster(root)
        await new Promise((resolve) => cluster.once('ready', resolve))
        cleanups.push(() => cluster.disconnect())
        return redisStore(cluster)
      }
      const cluster = createCluster({ rootNodes: root.map((socket) => ({ socket })) })
      await cluster.on('error', ignore).connect()
      cleanups.push(() => cluster.destroy())
      return redisStore(cluster)
    }
    const { watched, ending, isConnected } = await twoProcesses(await store(), await store())
    const streams = [await watched()]
    await until(isConnected)
    for (let i = 0; i < 8; i++) streams.push(await watched())
    for (const { id, over, isOver } of streams) {
      await ending.end({ id })
      const ended = performance.now()
      await until(isOver)
      expect(over.at - ended).toBeLessThan(250)
    }
  },
  60_000,
)

test('a policy that got shorter in another process ends the stream in time, on PostgreSQL and Redis', async () => {
  for (const kind of ['pg', 'ioredis'] as const) {
    const { port } = await serverOf(kind)
    const [here, there] = [await kinds[kind](port), await kinds[kind](port)]
    const { watched, isConnected } = await twoProcesses(here, there)
    const { id, over, isOver } = await watched()
    await until(isConnected)
    const shorter = createSessionSecurity({
      store: there,
      secret: 'a secret that is long enough, really',
      policy: { warnAfter: 1_000, expireAfter: 2_000, absoluteTimeout: null },
      allowShortWarning: true,
      resolve: () => id,
      sweepEvery: false,
    })
    cleanups.push(shorter.close)
    // Whatever a page asks by POST adopts the policy.
    const request = new Request('http://app.example/session-security', {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
      body: '{"v":1}',
    })
    expect((await shorter.fetch(request)).status).toBe(200)
    const adopted = performance.now()
    await until(isOver)
    expect(over.reason).toBe('idle')
    expect(over.at - adopted).toBeLessThan(3_000)
  }
}, 60_000)

test('a pool of one connection lends none: its streams are looked at every second', async () => {
  const { port } = await serverOf('pg')
  const connectionString = `postgres://postgres@127.0.0.1:${port}/postgres`
  const pool = new pg.Pool({ connectionString, max: 1 })
  cleanups.push(() => pool.end())
  await pool.query(postgresSchema())
  const store = postgresStore(pool)
  expect(store.watchEnds).toBeUndefined()
  const { watched, ending } = await twoProcesses(store, await kinds.pg(port))
  const { id, over, isOver } = await watched()
  await ending.end({ id })
  const ended = performance.now()
  await until(isOver)
  expect(over.at - ended).toBeLessThan(1_500)
})
