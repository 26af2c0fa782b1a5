import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RedisClient, redisStore } from '../../../server-reference/redis.js'
import { redisPort } from '../../../server-reference/stores/redis/redisPort.js'
import { subjectIndex } from '../../../server-reference/stores/redis/subjectIndex.js'
import { createPast } from '../../support/servers/createPast.js'
import { type Running, startRedis } from '../../support/servers/servers.js'

let server: Running
let client: Redis

beforeAll(async () => {
  server = await startRedis()
  client = new Redis(server.port, '127.0.0.1')
})
beforeEach(() => client.flushall())
afterAll(async () => {
  client.disconnect()
  await server.stop()
})

const minute = 60_000
const day = 86_400_000
const limits = { expireAfter: 15 * minute, absolute: 60 * minute }
const meta = { subject: 'ada', secretId: 'k', sealedId: 's' }
const nearly = (ms: number) =>
  expect.toSatisfy((value: number) => Math.abs(value - ms) < 5_000, `about ${ms}`)

/** In how many ms the sweep looks at a session; null where it never does. */
async function dueIn(key: string): Promise<number | null> {
  for (const index of await client.keys('*due:*')) {
    const at = await client.zscore(index, key)
    if (at !== null) return Number(at) - Date.now()
  }
  return null
}

describe('the sweep looks at a session', () => {
  test.each([
    ['when it would end idle', limits, { age: 0, idle: 0 }, 15 * minute],
    [
      'when the rest of its idle time is over',
      limits,
      { age: 20 * minute, idle: 5 * minute },
      10 * minute,
    ],
    ['when its absolute time is over', limits, { age: 50 * minute, idle: 0 }, 10 * minute],
    [
      'when it ends idle, without an absolute limit',
      { expireAfter: 15 * minute, absolute: null },
      { age: 50 * minute, idle: 5 * minute },
      10 * minute,
    ],
    [
      'when it ends absolutely, without an idle limit',
      { expireAfter: null, absolute: 60 * minute },
      { age: 50 * minute, idle: 50 * minute },
      10 * minute,
    ],
  ])('%s', async (_when, own, ago, left) => {
    const store = redisStore(client)
    await store.create('new', own, meta)
    const whole = Math.min(own.expireAfter ?? Infinity, own.absolute ?? Infinity)
    expect(await dueIn('new')).toEqual(nearly(whole))
    await createPast(store, 'old', own, meta, ago)
    expect(await dueIn('old')).toEqual(nearly(left))
    // A report prolonged it, and the sweep comes by at the time that was set first.
    await store.create('gone', own, meta)
    await client.del('session-security:gone')
    for (const index of await client.keys('*due:*'))
      for (const member of await client.zrange(index, 0, '-1')) await client.zadd(index, 1, member)
    expect(await store.sweep?.()).toEqual([])
    expect(await dueIn('old')).toEqual(nearly(left))
    expect(await dueIn('gone')).toBeNull()
  })

  test('half a minute after its end, in case that nobody was told of it', async () => {
    const store = redisStore(client)
    for (const key of ['notified', 'pending', 'nameless']) await store.create(key, limits, meta)
    await store.end('nameless', 'unknown')
    expect(await dueIn('nameless')).toEqual(nearly(15 * minute))
    for (const key of ['notified', 'pending']) await store.end(key, 'signed-out')
    await store.endNotified?.('notified')
    expect(await dueIn('notified')).toBeNull()
    expect(await dueIn('pending')).toEqual(nearly(minute / 2))
  })
})

describe('a subject’s index', () => {
  const indexes = () => client.keys('*subject:*')

  test.each([
    [limits, 60 * minute + day],
    [{ expireAfter: 15 * minute, absolute: null }, 30 * minute + day],
  ])('lasts longer than a session of %o', async (own, forMs) => {
    await redisStore(client).create('a', own, meta)
    const [index = ''] = await indexes()
    expect(await client.pttl(index)).toEqual(nearly(forMs))
    expect(Number(await client.zscore(index, 'a')) - Date.now()).toEqual(nearly(forMs))
  })

  test('is one for each subject, whose name it does not show', async () => {
    const store = redisStore(client, { prefix: 'app:' })
    for (const subject of ['ada', 'bob']) await store.create(subject, limits, { ...meta, subject })
    const found = await indexes()
    expect(found).toHaveLength(2)
    for (const index of found) expect(index).toMatch(/^app:subject:[\w-]{43}$/)
  })

  test('takes out as many sessions at once as Lua takes arguments, and more', async () => {
    const port = redisPort(client, 10_000)
    const index = subjectIndex(port, '', { retainEnded: 1, mayEvict: false })
    const keys = Array.from({ length: 9_000 }, (_, i) => `session ${i}`)
    await index.add('ada', 'left', minute)
    const [name = ''] = await indexes()
    await client.zadd(name, ...keys.flatMap((key) => [Date.now() + minute, key]))
    await index.remove('ada', keys)
    expect(await index.some('ada', '0')).toEqual({ keys: ['left'], next: '0' })
  })

  test('remembers a sign-out everywhere for a minute, or for as long as the reason of an end', async () => {
    for (const [retainEnded, ms] of [
      [1_000, minute],
      [10 * minute, 10 * minute],
    ] as const) {
      await redisStore(client, { retainEnded }).endSubject?.('ada', 'revoked')
      expect(await client.pttl((await indexes())[0] ?? '')).toEqual(nearly(ms))
      await client.flushall()
    }
  })
})

/** The same connection, which does something else before it asks about this key. */
function overtaken(key: string, act: () => Promise<unknown>): RedisClient {
  let isFirst = true
  return {
    eval: client.eval.bind(client),
    on: client.on.bind(client),
    listenerCount: client.listenerCount.bind(client),
    disconnect: client.disconnect.bind(client),
    async evalsha(sha: string, keys: number, ...rest: string[]) {
      if (isFirst && rest[0]?.includes(key)) {
        isFirst = false
        await act()
      }
      return client.evalsha(sha, keys, ...rest)
    },
  }
}

describe('a renewal is overtaken', () => {
  test.each(['subject:', ':new'])(
    'by a sign-out everywhere, before it writes to …%s, and makes no session',
    async (key) => {
      const other = redisStore(client)
      await other.create('old', limits, meta)
      const signOut = async () => {
        for (let next: unknown; next !== null; )
          ({ next } = (await other.endSubject?.('ada', 'revoked', next)) ?? { next: null })
      }
      const store = redisStore(overtaken(key, signOut))
      const renewed = { ...meta, sealedId: 'anew' }
      expect(await store.rotate('old', 'new', renewed)).toEqual({
        renewed: false,
        ended: { key: 'new', reason: 'revoked', meta: renewed },
      })
      expect(await store.look('new')).toMatchObject({ state: 'ended' })
    },
  )

  test('by its time, and makes no session', async () => {
    const other = redisStore(client)
    await other.create('old', limits, meta)
    const begun = performance.now()
    const wait = () => expect.poll(() => performance.now() - begun).toBeGreaterThan(150)
    const store = redisStore(overtaken(':new', wait))
    await expect(async () => store.rotate('old', 'new', meta, 100)).rejects.toThrow('ms late')
    expect(await other.look('new')).toMatchObject({ reason: 'unknown' })
  })
})

describe('an end is confirmed', () => {
  test('once a replica has it, and not while none has', async () => {
    const primary = await startRedis({ args: ['--repl-diskless-sync-delay', '0'] })
    const replica = await startRedis({ args: ['--replicaof', '127.0.0.1', String(primary.port)] })
    const to = new Redis(primary.port, '127.0.0.1')
    try {
      const store = redisStore(to, { confirmReplicas: 1, maxPending: 2 })
      await store.create('a', limits, meta)
      await expect
        .poll(() => store.end('a', 'revoked'), { timeout: 10_000 })
        .toMatchObject({ confirmed: true })
      await store.create('b', limits, meta)
      expect(await store.endSubject?.('ada', 'revoked')).toMatchObject({ confirmed: true })
      await replica.stop()
      await store.create('c', limits, meta)
      expect(await store.endSubject?.('ada', 'revoked')).toMatchObject({ confirmed: false })
      // Asking takes no place for good.
      for (let i = 0; i < 5; i++)
        expect(await store.end('a', 'revoked')).toMatchObject({ confirmed: false })
    } finally {
      to.disconnect()
      await replica.stop()
      await primary.stop()
    }
  })

  test('without asking, where no replica is wanted', async () => {
    await client.config('RESETSTAT')
    const store = redisStore(client)
    await store.create('a', limits, meta)
    expect(await store.end('a', 'revoked')).toMatchObject({ confirmed: true })
    expect(await client.info('commandstats')).not.toContain('cmdstat_wait')
  })
})
