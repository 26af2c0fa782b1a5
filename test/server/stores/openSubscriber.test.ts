import { EventEmitter } from 'node:events'
import { Cluster, Redis } from 'ioredis'
import { createClient, createClientPool, createCluster } from 'redis'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { RedisClient } from '../../../server-reference/redis.js'
import { openSubscriber } from '../../../server-reference/stores/redis/openSubscriber.js'
import { freePort, type Running, startRedis } from '../../support/servers/servers.js'

let server: Running
let admin: Redis
const cleanups: (() => unknown)[] = []

beforeAll(async () => {
  server = await startRedis()
  admin = new Redis(server.port, '127.0.0.1')
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})
afterAll(async () => {
  admin.disconnect()
  await server.stop()
})

const clients: Record<string, (port: number) => RedisClient> = {
  ioredis(port) {
    const client = new Redis({ port, host: '127.0.0.1', lazyConnect: true })
    cleanups.push(() => client.disconnect())
    return client
  },
  'node-redis'(port) {
    return createClient({ socket: { host: '127.0.0.1', port } })
  },
}

async function opened(client: RedisClient) {
  const messages: string[] = []
  const errors: unknown[] = []
  const close = await openSubscriber(client, 'news', {
    message: (text) => messages.push(text),
    lost: (error) => errors.push(error),
  })
  return { messages, errors, close }
}

const connections = async (flag: string) =>
  String(await admin.call('CLIENT', 'LIST', 'TYPE', flag))
    .split('\n')
    .filter(Boolean)

describe.each(Object.entries(clients))('a subscription through %s', (name, open) => {
  test('hears what is published until it is closed, on a connection of its own', async () => {
    const { messages, errors, close } = await opened(open(server.port))
    await admin.publish('news', 'one')
    await admin.publish('other news', 'two')
    await expect.poll(() => messages).toEqual(['one'])
    expect(await connections('pubsub')).toHaveLength(1)
    close()
    close()
    await expect.poll(() => connections('pubsub')).toEqual([])
    expect(messages).toEqual(['one'])
    // Whether its end is told to who ended it does not matter; that nothing else is does.
    for (const error of errors) expect(String(error)).toContain('connection was closed')
  })

  test('tells once at least that it was lost, with the reason, and does not come back', async () => {
    const { errors, close } = await opened(open(server.port))
    cleanups.push(close)
    await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
    await expect.poll(() => errors.length).toBeGreaterThan(0)
    for (const error of errors) expect(error).toBeInstanceOf(Error)
    close()
    await expect.poll(() => connections('pubsub')).toEqual([])
  })

  test('rejects where nothing listens', async () => {
    await expect(opened(open(await freePort()))).rejects.toThrow(/ECONNREFUSED|closed/)
  })

  test('rejects where it may not listen, and leaves no connection', async () => {
    await admin.call('ACL', 'SETUSER', 'deaf', 'on', 'nopass', '+@all', '~*', 'resetchannels')
    const login = { username: 'deaf', password: 'x' }
    const deaf =
      name === 'ioredis'
        ? new Redis({ port: server.port, host: '127.0.0.1', lazyConnect: true, ...login })
        : createClient({ socket: { host: '127.0.0.1', port: server.port }, ...login })
    await expect(opened(deaf)).rejects.toThrow('NOPERM')
    await expect
      .poll(async () => (await connections('normal')).filter((line) => line.includes('user=deaf')))
      .toEqual([])
  })
})

/** What `openSubscriber` does with a connection of node-redis that says this. */
describe.each(['error', 'reconnecting', 'terminated', 'end'])(
  'where node-redis says “%s” of the connection, it',
  (event) => {
    function standIn(subscribe: (own: EventEmitter) => Promise<void> = async () => {}) {
      const own = Object.assign(new EventEmitter(), {
        isOpen: true,
        evalSha: () => {},
        connect: async () => {},
        subscribe: () => subscribe(own),
        unref: vi.fn(),
        destroy: vi.fn(() => {
          own.isOpen = false
        }),
        duplicate: () => own,
      })
      return own
    }

    test('is lost, until it is closed', async () => {
      const own = standIn()
      const { errors, close } = await opened(own as never)
      expect(own.unref).toHaveBeenCalledOnce()
      own.emit(event)
      own.emit(event, new Error('gone'))
      expect(errors).toEqual([new Error('The connection was closed.'), new Error('gone')])
      close()
      close()
      expect(own.destroy).toHaveBeenCalledOnce()
      own.emit(event, new Error('gone'))
      expect(errors).toHaveLength(2)
    })

    test('is not open, where that is said first', async () => {
      const own = standIn(async (own) => void own.emit(event, new Error('gone')))
      await expect(opened(own as never)).rejects.toThrow('gone')
      expect(own.destroy).toHaveBeenCalledOnce()
    })
  },
)

test('a subscription through ioredis tells why it ended, as far as that is known', async () => {
  const own = Object.assign(new EventEmitter(), {
    connect: async () => {},
    subscribe: async () => {},
    disconnect: () => {},
    stream: { unref: vi.fn() },
  })
  const { errors, messages } = await opened({ duplicate: () => own } as never)
  expect(own.stream.unref).toHaveBeenCalledOnce()
  own.emit('message', 'news', 'one')
  own.emit('end')
  expect([messages, errors]).toEqual([['one'], [new Error('The connection was closed.')]])
  own.emit('error', new Error('gone'))
  own.emit('end')
  expect(errors[1]).toEqual(new Error('gone'))
})

describe('in a cluster, a subscription', () => {
  const rejects = (client: unknown) =>
    expect(opened(client as RedisClient)).rejects.toThrow('The cluster has no node that is known.')

  test('is refused while no node is known', async () => {
    await rejects({ nodes: () => [] })
    await rejects({ evalSha: () => {}, nodeClient: () => {}, masters: [] })
    const unknown = new Cluster([{ host: '127.0.0.1', port: 1 }], { lazyConnect: true })
    unknown.on('error', () => {})
    await rejects(unknown)
    await rejects(createCluster({ rootNodes: [{ url: 'redis://127.0.0.1:1' }] }))
  })

  test('goes to any of the nodes', async () => {
    const random = vi.spyOn(Math, 'random')
    const asked: number[] = []
    const node = (index: number) => ({
      duplicate() {
        asked.push(index)
        throw new Error('enough')
      },
    })
    const cluster = { nodes: () => [node(0), node(1), node(2)] }
    for (const value of [0, 0.5, 0.99]) {
      random.mockReturnValueOnce(value)
      await opened(cluster as never).catch(() => {})
    }
    random.mockRestore()
    expect(asked).toEqual([0, 1, 2])
  })
})

test('a pool of node-redis lends what the subscription is made like', async () => {
  const pool = createClientPool({ socket: { host: '127.0.0.1', port: server.port } })
  await pool.on('error', () => {}).connect()
  cleanups.push(() => pool.destroy())
  const { messages, close } = await opened(pool)
  cleanups.push(close)
  await admin.publish('news', 'one')
  await expect.poll(() => messages).toEqual(['one'])
})
