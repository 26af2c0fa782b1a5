import { Redis } from 'ioredis'
import { createClient, createClientPool } from 'redis'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type RedisClient, redisStore } from '../../../server-reference/redis.js'
import { redisPort, script } from '../../../server-reference/stores/redis/redisPort.js'
import { type Running, startRedis } from '../../support/servers/servers.js'

let server: Running
const cleanups: (() => unknown)[] = []

beforeAll(async () => {
  server = await startRedis()
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})
afterAll(() => server.stop())

const clients = {
  ioredis(port: number) {
    const client = new Redis(port, '127.0.0.1')
    cleanups.push(() => client.disconnect())
    return client
  },
  async 'node-redis'(port: number) {
    const client = createClient({ socket: { host: '127.0.0.1', port } })
    cleanups.push(() => client.destroy())
    return client.connect()
  },
}
const one = script('return {KEYS[1], ARGV[1]}')

describe.each(Object.entries(clients))('commands through %s', (_name, open) => {
  test('leave no place taken, whether they succeed or fail', async () => {
    const port = redisPort(await open(server.port), 1)
    const wrong = script('return redis.call("NONSENSE")')
    for (let i = 0; i < 3; i++) {
      expect(await port.run(one, 'key', ['a'])).toEqual(['key', 'a'])
      await expect(port.run(wrong, 'key', [])).rejects.toThrow('Unknown Redis command')
      expect(await port.wait('key', 0, 1)).toBe(0)
    }
    const both = [port.run(one, 'key', ['a']), port.run(one, 'key', ['a'])]
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
    ])
  })

  test('carry the hash of their script, and its text only where Redis has to learn it', async () => {
    const port = redisPort(await open(server.port), 10)
    const admin = clients.ioredis(server.port)
    await admin.script('FLUSH')
    await admin.config('RESETSTAT')
    for (let i = 0; i < 3; i++) await port.run(one, 'key', ['a'])
    const stats = await admin.info('commandstats')
    const calls = (name: string) =>
      /calls=(\d+)/.exec(stats.split(`cmdstat_${name}:`)[1] ?? '')?.[1]
    expect([calls('evalsha'), calls('eval')]).toEqual(['3', '1'])
  })

  test('leave a listener of the app’s own alone, and have one where there is none', async () => {
    const bare = await open(server.port)
    expect(bare.listenerCount('error')).toBe(0)
    redisStore(bare)
    redisStore(bare)
    expect(bare.listenerCount('error')).toBe(1)
  })
})

describe('a node that is only a replica now', () => {
  const readOnly = () => Promise.reject(new Error('READONLY You can’t write against a replica.'))
  const listened = { on: () => {}, listenerCount: () => 0 }

  function nodeRedis(rest: object = {}) {
    const client = {
      ...listened,
      evalSha: readOnly,
      eval: readOnly,
      withCommandOptions: () => client,
      destroy: vi.fn(),
      connect: vi.fn(() => Promise.reject(new Error('refused'))),
      ...rest,
    }
    return client
  }
  const ioredis = (rest: object = {}) => ({
    ...listened,
    evalsha: readOnly,
    eval: readOnly,
    disconnect: vi.fn(),
    ...rest,
  })
  const refused = async (client: unknown) => {
    const port = redisPort(client as RedisClient, 10)
    const ask = () => expect(port.run(one, 'key', [])).rejects.toThrow('READONLY')
    return { ask }
  }

  test('is left by ioredis for the new primary, once a second at most', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    try {
      vi.advanceTimersByTime(5_000)
      const client = ioredis()
      const { ask } = await refused(client)
      for (const pass of [0, 0, 999, 1, 999]) {
        vi.advanceTimersByTime(pass)
        await ask()
      }
      expect(client.disconnect.mock.calls).toEqual([[true], [true]])
    } finally {
      vi.useRealTimers()
    }
  })

  test('is left by node-redis, whatever comes of it', async () => {
    const client = nodeRedis({ isReady: true })
    await (await refused(client)).ask()
    expect([client.destroy, client.connect].map(({ mock }) => mock.calls.length)).toEqual([1, 1])
  })

  test('is left to a pool and to a cluster, which know more', async () => {
    const pool = nodeRedis()
    const clusters = [nodeRedis({ isReady: true, nodes: () => [] }), ioredis({ nodes: () => [] })]
    for (const client of [pool, ...clusters]) await (await refused(client)).ask()
    for (const { destroy, connect } of [pool, clusters[0] as typeof pool])
      expect([destroy, connect].map(({ mock }) => mock.calls.length)).toEqual([0, 0])
    expect((clusters[1] as ReturnType<typeof ioredis>).disconnect).not.toHaveBeenCalled()
  })

  test('is the only reason to connect again', async () => {
    const client = ioredis({ evalsha: () => Promise.reject(new Error('OOM command not allowed')) })
    await expect(redisPort(client as never, 10).run(one, 'key', [])).rejects.toThrow('OOM')
    expect(client.disconnect).not.toHaveBeenCalled()
  })
})

describe('in a cluster, how many replicas have a write is asked', () => {
  const bare = { on: () => {}, listenerCount: () => 0, eval: async () => {} }
  const askOf = (client: object) => redisPort(client as RedisClient, 10).wait('a key', 2, 100)

  test('of all primaries through ioredis, and the lowest counts', async () => {
    const wait = vi.fn(async () => 2)
    const nodes = vi.fn(() => [{ wait }, { wait: async () => 1 }, { wait }])
    const all = { ...bare, evalsha: async () => {}, disconnect: () => {}, nodes }
    expect(await askOf({ ...all, wait: () => 5 })).toBe(1)
    expect(nodes).toHaveBeenCalledExactlyOnceWith('master')
    expect(wait.mock.calls).toEqual([
      [2, 100],
      [2, 100],
    ])
  })

  test('of the primary of its key through node-redis', async () => {
    const sendCommand = vi.fn(async () => 1)
    const withCommandOptions = () => ({})
    expect(await askOf({ ...bare, evalSha: () => {}, withCommandOptions, sendCommand })).toBe(1)
    expect(sendCommand.mock.calls).toEqual([['a key', false, ['WAIT', '2', '100']]])
  })
})

test('a pool of node-redis keeps sessions as a client does, and confirms ends', async () => {
  const pool = createClientPool({ socket: { host: '127.0.0.1', port: server.port } })
  await pool.on('error', () => {}).connect()
  cleanups.push(() => pool.destroy())
  const store = redisStore(pool, { prefix: 'pool:', confirmReplicas: 1, confirmWithin: 1 })
  await store.create(
    'a',
    { expireAfter: 900_000, absolute: null },
    { subject: 'ada', secretId: 'k', sealedId: 's' },
  )
  expect(await store.end('a', 'revoked')).toMatchObject({ confirmed: false, ended: { key: 'a' } })
})
