import Redis from 'ioredis'
import { createClient, RESP_TYPES } from 'redis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSessionSecurity } from '../../../server-reference/index.js'
import { redisStore } from '../../../server-reference/redis.js'
import { createPast } from '../../support/servers/createPast.js'
import { freePort, type Running, startRedis } from '../../support/servers/servers.js'
import { endAll, storeContract } from '../../support/servers/storeContract.js'

let server: Running
const closers: (() => unknown)[] = []

beforeAll(async () => {
  server = await startRedis()
})
afterAll(async () => {
  for (const close of closers) await close()
  await server.stop()
})

const openIoredis = () => {
  const client = new Redis(server.port, '127.0.0.1')
  closers.push(() => client.disconnect())
  return client
}

async function openNodeRedis() {
  const client = createClient({ socket: { host: '127.0.0.1', port: server.port } })
  await client.connect()
  closers.push(() => client.destroy())
  return client
}

storeContract('the Redis store through ioredis', async () =>
  redisStore(openIoredis(), { prefix: 'io:' }),
)
storeContract('the Redis store through node-redis', async () =>
  redisStore(await openNodeRedis(), { prefix: 'node:' }),
)

describe('the Redis store, beyond the contract', () => {
  const limits = { expireAfter: 900_000, absolute: 3_600_000 }
  const meta = { subject: 'ada', secretId: 'k', sealedId: 's' }
  const byKey = (a: { key: string }, b: { key: string }) => a.key.localeCompare(b.key)

  /** As if the process that met the ends had died then. */
  async function halfAMinuteLater(client: Redis, prefix: string) {
    for (const key of await client.keys(`${prefix}*`)) {
      if (key.includes('due:')) {
        for (const member of await client.zrange(key, 0, '-1'))
          await client.zincrby(key, -30_000, member)
      } else if ((await client.type(key)) === 'hash' && (await client.hexists(key, 'endPending'))) {
        await client.hincrby(key, 'endPending', -30_000)
      }
    }
  }

  test('is shared by processes', () => {
    expect(redisStore(openIoredis()).shared).toBe(true)
  })

  test('gives every key a time to live, which outlasts the session by the time of its tombstone', async () => {
    const client = openIoredis()
    const store = redisStore(client, { prefix: 'ttl:', retainEnded: 60_000 })
    await store.create('a', limits, meta)
    const idleOnly = { expireAfter: 900_000, absolute: null }
    await createPast(store, 'b', idleOnly, meta, { age: 0, idle: 800_000 })
    await store.create('c', limits, meta)
    await createPast(store, 'd', limits, meta, { age: 900_000, idle: 900_000 })
    await store.touch('b', null, 0)
    await store.end('c', 'revoked')
    await store.touch('d', null, 0)
    const ttl: Record<string, number> = {}
    for (const key of await client.keys('ttl:*')) ttl[key] = await client.pttl(key)
    expect(Object.keys(ttl).length).toBeGreaterThanOrEqual(5)
    for (const left of Object.values(ttl)) expect(left).toBeGreaterThan(0)
    const within = (low: number, high: number) =>
      expect.toSatisfy((n: number) => n > low && n <= high)
    expect(ttl['ttl:a']).toEqual(within(950_000, 960_000))
    expect(ttl['ttl:b']).toEqual(within(950_000, 960_000))
    expect(ttl['ttl:c']).toEqual(within(50_000, 60_000))
    expect(ttl['ttl:d']).toEqual(within(50_000, 60_000))
  })

  test.each([
    ['', {}, 'noeviction'],
    [', also where it could evict keys but is said not to', { evicts: false }, 'allkeys-lru'],
  ] as const)('needs one command a report%s', async (_where, options, policy) => {
    const client = openIoredis()
    await client.config('SET', 'maxmemory-policy', policy, 'maxmemory', '1gb')
    const store = redisStore(client, { prefix: 'one:', ...options })
    await store.create('a', limits, meta)
    await store.touch('a', limits, 0)
    const monitor = await openIoredis().monitor()
    const seen: string[] = []
    monitor.on('monitor', (_time: string, [command, , , key]: string[], source: string) => {
      if (source !== 'lua') seen.push(`${command} ${key}`)
    })
    await store.touch('a', limits, 0)
    await client.ping()
    monitor.disconnect()
    await client.config('SET', 'maxmemory-policy', 'noeviction')
    expect(seen.filter((line) => line.toLowerCase().startsWith('evalsha'))).toEqual([
      'evalsha one:a',
    ])
    expect(seen.length).toBeLessThanOrEqual(2)
  })

  test('gives an end to the sweep again, every half minute, until onEnd was told of it', async () => {
    const client = openIoredis()
    const store = redisStore(client, { prefix: 'pending:' })
    await store.create('signed-out', limits, meta)
    await createPast(store, 'idle', limits, meta, { age: 900_000, idle: 900_000 })
    await store.create('notified', limits, meta)
    expect(await store.sweep?.()).toMatchObject([{ key: 'idle', reason: 'idle' }])
    for (const key of ['signed-out', 'notified']) await store.end(key, 'signed-out')
    await store.endNotified?.('notified')
    expect(await store.sweep?.()).toEqual([])

    await halfAMinuteLater(client, 'pending:')
    const again = [
      { key: 'idle', reason: 'idle', meta },
      { key: 'signed-out', reason: 'signed-out', meta },
    ]
    expect((await store.sweep?.())?.sort(byKey)).toEqual(again)
    expect(await store.sweep?.()).toEqual([])

    await store.endNotified?.('idle')
    await halfAMinuteLater(client, 'pending:')
    expect(await store.sweep?.()).toMatchObject([{ key: 'signed-out' }])
  })

  test('tells another process of an end whose onEnd failed', async () => {
    const client = openIoredis()
    const store = redisStore(client, { prefix: 'failed:' })
    const policy = { warnAfter: 600_000, expireAfter: 900_000, absoluteTimeout: null }
    const options = { store, policy, secret: 'x'.repeat(32), resolve: () => null }
    const failing = createSessionSecurity({
      ...options,
      sweepEvery: false,
      onEnd: () => Promise.reject(new Error('The app’s own store is down.')),
      onEvent: () => {},
    })
    await failing.start({ id: 'one', subject: 'ada' })
    await failing.end({ id: 'one' })
    await halfAMinuteLater(client, 'failed:')
    const told: string[] = []
    const other = createSessionSecurity({
      ...options,
      sweepEvery: 10,
      onEnd: ({ subject }, reason) => void told.push(`${subject} ${reason}`),
    })
    closers.push(other.close)
    await expect.poll(() => told).toEqual(['ada signed-out'])
    await expect
      .poll(async () => (await client.keys('failed:due:*')).length, { timeout: 5_000 })
      .toBe(0)
  })

  test('keeps a session in its subject’s index for as long as it lives, without an absolute limit too', async () => {
    const client = openIoredis()
    const store = redisStore(client, { prefix: 'index:' })
    const idleOnly = { expireAfter: 900_000, absolute: null }
    await store.create('a', idleOnly, meta)
    const index = (await client.keys('index:subject:*'))[0] ?? ''
    // As if the session had been kept busy for longer than the index was told at its start.
    await client.hset('index:a', 'indexed', 0)
    await client.del(index)
    await store.touch('a', null, 0)
    expect(Number(await client.hget('index:a', 'indexed'))).toBeGreaterThan(Date.now())
    expect(await endAll(store, 'ada')).toHaveLength(1)
  })

  test('never stores the session id or anything to find it by', async () => {
    const client = openIoredis()
    const text = JSON.stringify([await client.keys('ttl:*'), await client.hgetall('ttl:a')])
    expect(text).toContain('ada')
    expect(Object.keys(await client.hgetall('ttl:a')).sort()).toEqual([
      'absolute',
      'created',
      'expireAfter',
      'indexed',
      'last',
      'meta',
    ])
  })

  test.each([
    [
      'node-redis',
      (port: number) => {
        const socket = { host: '127.0.0.1', port, reconnectStrategy: () => 50 }
        const client = createClient({ socket }).on('error', () => {})
        closers.push(() => client.destroy())
        client.connect().catch(() => {})
        return client
      },
    ],
    [
      'ioredis',
      (port: number) => {
        const options = { retryStrategy: () => 50, maxRetriesPerRequest: null }
        const client = new Redis(port, '127.0.0.1', options).on('error', () => {})
        closers.push(() => client.disconnect())
        return client
      },
    ],
  ])('carries nothing out that lay in the queue of %s for a second', async (_name, open) => {
    const port = await freePort()
    const store = redisStore(open(port), { prefix: 'late:' })
    const asked = performance.now()
    const touching = Promise.allSettled([store.touch('a', limits, 0)])
    await expect.poll(() => performance.now() - asked, { timeout: 5_000 }).toBeGreaterThan(1_000)
    const late = await startRedis({ port })
    closers.push(() => late.stop())
    const [touched] = await touching
    expect(touched).toMatchObject({ reason: { message: expect.stringContaining('1000 ms late') } })
    expect(await store.create('a', limits, meta)).not.toBeNull()
    expect(await store.touch('a', limits, 0)).toMatchObject({ state: 'active' })
  })

  test('asks again where another node’s clock is behind or ahead of the one it knew', async () => {
    const client = openIoredis()
    await redisStore(client, { prefix: 'apart:' }).create('a', limits, meta)
    let ahead = 0
    const answered: number[] = []
    /** One connection, as if to two nodes whose clocks are an hour apart. */
    const nodes = {
      eval: client.eval.bind(client),
      on: client.on.bind(client),
      listenerCount: client.listenerCount.bind(client),
      disconnect: client.disconnect.bind(client),
      async evalsha(sha: string, keys: number, ...rest: string[]) {
        const last = String(Number(rest.at(-1)) - ahead)
        const reply = await client.evalsha(sha, keys, ...rest.slice(0, -1), last)
        const [time, ...found] = reply as [number, ...unknown[]]
        if (found.length > 0) answered.push(ahead)
        return [time + ahead, ...found]
      },
    }
    const store = redisStore(nodes, { prefix: 'apart:', evicts: false })
    const skews = [0, 3_600_000, 0, -3_600_000, 0]
    for (ahead of skews) expect(await store.touch('a', null, 0)).toMatchObject({ state: 'active' })
    expect(answered).toEqual(skews)
  })

  test('reads replies as text, whatever the app has its client make of them', async () => {
    const client = createClient({
      socket: { host: '127.0.0.1', port: server.port },
      commandOptions: { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
    })
    await client.connect()
    closers.push(() => client.destroy())
    const store = redisStore(client, { prefix: 'mapped:' })
    await store.create('a', limits, meta)
    expect(await store.look('a')).toMatchObject({ state: 'active', limits, meta })
    expect(await store.touch('a', null, 0)).toMatchObject({ state: 'active', limits, meta })
  })

  test('fails at once where too many commands wait', async () => {
    const client = new Redis({ port: 1, lazyConnect: true, retryStrategy: () => 1_000 })
    client.on('error', () => {})
    closers.push(() => client.disconnect())
    const store = redisStore(client, { maxPending: 2 })
    for (let i = 0; i < 2; i++) Promise.resolve(store.look('a')).catch(() => {})
    await expect(store.look('a')).rejects.toThrow('More than 2 commands wait')
  })
})
