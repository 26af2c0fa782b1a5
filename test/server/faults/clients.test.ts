import type { AddressInfo } from 'node:net'
import { connect as connectTo, createServer, type Socket } from 'node:net'
import { Redis } from 'ioredis'
import pg from 'pg'
import { createClient } from 'redis'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createSessionSecurity, memoryStore } from '../../../server-reference/index.js'
import { postgresSchema, postgresStore } from '../../../server-reference/postgres.js'
import { redisStore } from '../../../server-reference/redis.js'
import { type Running, startPostgres, startRedis } from '../../support/servers/servers.js'
import { policy, world } from '../../support/servers/world.js'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const limits = { expireAfter: 900_000, absolute: 3_600_000 }
const meta = { subject: 'ada', secretId: 'k', sealedId: 's' }

let postgres: Running & { url: string }
beforeAll(async () => {
  postgres = await startPostgres()
}, 60_000)
afterAll(() => postgres.stop())

async function redis(): Promise<Running> {
  // By itself a primary waits five seconds for more replicas.
  const server = await startRedis({ args: ['--repl-diskless-sync-delay', '0'] })
  cleanups.push(() => server.stop())
  return server
}

/** Without a listener for errors, as somebody may write it. */
const clients = {
  ioredis: async (port: number) => {
    const client = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 50 })
    cleanups.push(() => client.disconnect())
    await client.ping()
    return client
  },
  'node-redis': async (port: number) => {
    const socket = { host: '127.0.0.1', port, reconnectStrategy: () => 50 }
    const client = createClient({ socket })
    cleanups.push(() => client.destroy())
    await client.connect()
    return client
  },
}
const names = Object.keys(clients) as (keyof typeof clients)[]

function openPool(options: pg.PoolConfig = {}) {
  const pool = new pg.Pool({ connectionString: postgres.url, max: 4, ...options })
  cleanups.push(() => pool.end())
  return pool
}

describe('a client of something else', () => {
  const secret = 'a-password-of-somebody'
  const attempt = (store: unknown) => () =>
    createSessionSecurity({
      store,
      policy,
      resolve: () => null,
      secret: 'x'.repeat(32),
      sweepEvery: false,
    } as never)

  test('is refused where a store is wanted, and its password is shown to nobody', () => {
    const pool = openPool({ connectionString: `postgres://ada:${secret}@127.0.0.1:1/x` })
    const client = new Redis({ lazyConnect: true, password: secret })
    for (const wrong of [
      pool,
      client,
      `redis://:${secret}@127.0.0.1`,
      { url: secret, touch() {} },
    ]) {
      expect(attempt(wrong)).toThrow(
        /store: must be a store, .*received (an object|a string of \d+ characters)/,
      )
      expect(attempt(wrong)).toThrow(
        expect.not.objectContaining({ message: expect.stringContaining(secret) }),
      )
    }
    expect(attempt(pool)).toThrow('not a pg pool; give postgresStore(pool)')
    expect(() => createSessionSecurity(pool as never)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(secret) }),
    )
  })

  test('is refused by redisStore and postgresStore at once', () => {
    const overHttp = {
      evalsha: async () => {},
      eval: async () => {},
      touch: async () => {},
      url: secret,
    }
    const pool = openPool()
    for (const wrong of [overHttp, pool, secret, null, memoryStore()])
      expect(() => redisStore(wrong as never)).toThrow(/client: must be a client of ioredis/)
    const queryOnly = { query: async () => ({ rows: [] }), connectionString: secret }
    for (const wrong of [queryOnly, new Redis({ lazyConnect: true }), secret, undefined])
      expect(() => postgresStore(wrong as never)).toThrow(/pool: must be a pool of pg/)
    for (const run of [
      () => redisStore(overHttp as never),
      () => postgresStore(queryOnly as never),
    ])
      expect(run).toThrow(expect.not.objectContaining({ message: expect.stringContaining(secret) }))
  })
})

describe('a database that restarts', () => {
  test.each(names)('does not end a process that has no listener, through %s', async (name) => {
    const server = await startRedis()
    const client = await clients[name](server.port)
    const store = redisStore(client)
    await store.create('a', limits, meta)
    await server.crash()
    const again = await startRedis({ port: server.port })
    cleanups.push(() => again.stop())
    const look = async () => await Promise.resolve(store.look('a')).catch(() => null)
    await expect.poll(look, { timeout: 10_000 }).toMatchObject({ reason: 'unknown' })
  })

  test('does not end a process that has no listener, through pg', async () => {
    const pool = openPool()
    await pool.query(postgresSchema())
    const store = postgresStore(pool)
    await store.create('a', limits, meta)
    const errors: unknown[] = []
    pool.on('error', (error) => errors.push(error))
    expect(pool.listenerCount('error')).toBe(2)
    const admin = new pg.Client({ connectionString: postgres.url })
    await admin.connect()
    await admin.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL',
    )
    await admin.end()
    await expect.poll(() => errors.length).toBeGreaterThan(0)
    expect(await store.look('a')).toMatchObject({ state: 'active' })
  })

  test('leaves a listener of the app’s own alone', async () => {
    const pool = openPool()
    pool.on('error', () => {})
    postgresStore(pool)
    expect(pool.listenerCount('error')).toBe(1)
  })
})

/** Like a name that leads to the primary: where it leads can change, and open connections stay. */
async function forwarding(first: number) {
  let target = first
  const sockets = new Set<Socket>()
  const server = createServer((from) => {
    const to = connectTo(target, '127.0.0.1')
    for (const socket of [from, to]) {
      sockets.add(socket)
      socket.on('error', () => {})
    }
    from.pipe(to).pipe(from)
    from.on('close', () => to.destroy())
    to.on('close', () => from.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return {
    port: (server.address() as AddressInfo).port,
    leadTo: (port: number) => {
      target = port
    },
  }
}

test.each(names)(
  'a primary that became a replica is left for the new one, through %s',
  async (name) => {
    const [old, next] = [await redis(), await redis()]
    const name1 = await forwarding(old.port)
    const store = redisStore(await clients[name](name1.port))
    await store.create('a', limits, meta)
    const admin = new Redis(next.port, '127.0.0.1')
    cleanups.push(() => admin.disconnect())
    await admin.call('REPLICAOF', '127.0.0.1', old.port)
    await expect.poll(() => admin.exists('session-security:a'), { timeout: 10_000 }).toBe(1)
    await admin.call('REPLICAOF', 'NO', 'ONE')
    name1.leadTo(next.port)
    const demote = new Redis(old.port, '127.0.0.1')
    cleanups.push(() => demote.disconnect())
    await demote.call('REPLICAOF', '127.0.0.1', next.port)
    const end = async () => await Promise.resolve(store.end('a', 'signed-out')).catch(() => null)
    await expect.poll(end, { timeout: 10_000 }).toMatchObject({ ended: { key: 'a' } })
    expect(await admin.hget('session-security:a', 'reason')).toBe('signed-out')
  },
)

describe('a busy PostgreSQL', () => {
  test('is not asked what nobody waits for any more, and a bounded number waits', async () => {
    const pool = openPool({ max: 2 })
    await pool.query(postgresSchema('busy'))
    let asked = 0
    const query = pool.query.bind(pool)
    const counted = Object.assign(pool, {
      query: (what: { text: string; values: unknown[] }) => {
        asked++
        return query(what)
      },
    })
    const store = postgresStore(counted, { table: 'busy', maxPending: 500 })
    await store.create('a', limits, meta)
    const other = new pg.Client({ connectionString: postgres.url })
    await other.connect()
    await other.query('BEGIN; LOCK TABLE busy')
    asked = 0
    const begun = performance.now()
    const all = Promise.allSettled(
      Array.from({ length: 3_000 }, async () => await store.touch('a', null, 0)),
    )
    await expect.poll(() => performance.now() - begun, { timeout: 5_000 }).toBeGreaterThan(1_200)
    await other.query('COMMIT')
    await other.end()
    const errors = (await all).map((one) => (one.status === 'rejected' ? String(one.reason) : ''))
    const count = (what: string) => errors.filter((error) => error.includes(what)).length
    expect(count('More than 500 queries wait')).toBe(2_498)
    expect(count('No connection to PostgreSQL was free')).toBe(500)
    // What was on its way, and what it needs to learn the time again.
    expect(asked).toBeLessThan(10)
    expect(await store.touch('a', null, 0)).toMatchObject({ state: 'active' })
  })

  test('is asked again where it is serializable by default and another transaction came first', async () => {
    const pool = openPool({ max: 10, options: '-c default_transaction_isolation=serializable' })
    await pool.query(postgresSchema('serial'))
    const store = postgresStore(pool, { table: 'serial' })
    await store.create('a', limits, meta)
    const touches = Array.from({ length: 40 }, (_, i) => store.touch('a', null, i))
    for (const found of await Promise.all(touches)) expect(found).toMatchObject({ state: 'active' })
    const creates = Array.from({ length: 20 }, (_, i) => store.create(`k${i}`, limits, meta))
    for (const at of await Promise.all(creates)) expect(at).not.toBeNull()
    const { security } = world({ store, timeLimit: 5_000 })
    expect(await security.endSubject('ada')).toEqual({ ended: 21, confirmed: true })
  })
})

test('gives each table the indexes that it needs, whatever its schema’s name, and refuses other names', async () => {
  const pool = openPool()
  const long = 'a'.repeat(41)
  await pool.query(`CREATE SCHEMA ${long}`)
  await pool.query(postgresSchema(`${long}.${long}`))
  const { rows } = await pool.query('SELECT indexname FROM pg_indexes WHERE schemaname = $1', [
    long,
  ])
  expect(rows.map(({ indexname }) => indexname).sort()).toEqual([
    `${long}_due`,
    `${long}_end_pending`,
    `${long}_pkey`,
    `${long}_subject`,
  ])
  for (const name of ['a'.repeat(64), 'x; DROP TABLE y', "x'", 'a.b.c', 'Upper', '', 5])
    expect(() => postgresSchema(name as string)).toThrow(/table must be/)
})
