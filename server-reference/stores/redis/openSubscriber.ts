import type { SubscriptionListener } from '../keepSubscribed.js'
import type { RedisClient } from './redisPort.js'

/** The part of our own connection that is used, for both clients. */
interface Connection {
  on(event: string, listener: (...args: never[]) => void): unknown
  connect(): Promise<unknown>
  subscribe(channel: string, listener?: (message: string) => void): Promise<unknown>
}

interface NodeRedisNode extends Connection {
  isOpen: boolean
  duplicate(): NodeRedisNode
  destroy(): void
  unref(): void
}

interface IoredisNode extends Connection {
  duplicate(options: object): IoredisNode
  disconnect(): void
  stream: { unref(): void }
}

/**
 * Node does not notice that the peer has vanished. With this it does, within about fifteen
 * seconds.
 */
const keepAlive = 5_000

/**
 * Subscribes on its own connection, to the client's server or to any node of a cluster (each node
 * passes messages on). The caller reconnects, so that it notices a lost connection.
 */
export async function openSubscriber(
  client: RedisClient,
  channel: string,
  listener: SubscriptionListener,
): Promise<() => void> {
  return 'evalSha' in client
    ? throughNodeRedis((await nodeOfNodeRedis(client)).duplicate(), channel, listener)
    : throughIoredis(nodeOfIoredis(client), channel, listener)
}

async function throughNodeRedis(
  own: NodeRedisNode,
  channel: string,
  { message, lost }: SubscriptionListener,
): Promise<() => void> {
  let isOpen = true
  const close = () => {
    isOpen = false
    if (own.isOpen) own.destroy()
  }
  return opened(close, lost, async (fail) => {
    // The client would reconnect by itself, and report it with one of these events.
    for (const event of ['error', 'reconnecting', 'terminated', 'end'])
      own.on(event, (error?: unknown) => {
        if (isOpen) fail(error ?? new Error('The connection was closed.'))
      })
    await own.connect()
    await own.subscribe(channel, message)
    own.unref()
  })
}

async function throughIoredis(
  node: IoredisNode,
  channel: string,
  { message, lost }: SubscriptionListener,
): Promise<() => void> {
  const own = node.duplicate({
    lazyConnect: true,
    retryStrategy: null,
    keepAlive,
  })
  let last: unknown
  return opened(
    () => own.disconnect(),
    lost,
    async (fail) => {
      own.on('error', (error: unknown) => {
        last = error
      })
      own.on('end', () => fail(last ?? new Error('The connection was closed.')))
      own.on('message', (_channel: string, text: string) => message(text))
      await own.connect()
      await own.subscribe(channel)
      own.stream.unref()
    },
  )
}

/** A failure rejects before the connection is open. Afterwards it is reported. */
async function opened(
  close: () => void,
  lost: (error: unknown) => void,
  begin: (fail: (error: unknown) => void) => Promise<void>,
): Promise<() => void> {
  try {
    await new Promise<void>((resolve, reject) => {
      begin((error) => {
        reject(error)
        lost(error)
      }).then(resolve, reject)
    })
  } catch (error) {
    close()
    throw error
  }
  return close
}

async function nodeOfNodeRedis(client: object): Promise<NodeRedisNode> {
  if ('nodeClient' in client) {
    const cluster = client as {
      masters: object[]
      nodeClient(node: object): Promise<NodeRedisNode>
    }
    const node = anyOf(cluster.masters)
    return cluster.nodeClient(node)
  }
  // A pool lends one of its clients for this.
  if ('execute' in client) {
    const pool = client as {
      execute(use: (client: NodeRedisNode) => NodeRedisNode): Promise<NodeRedisNode>
    }
    return pool.execute((one) => one)
  }
  return client as NodeRedisNode
}

function nodeOfIoredis(client: object): IoredisNode {
  if (!('nodes' in client)) return client as IoredisNode
  return anyOf((client as { nodes(role: string): IoredisNode[] }).nodes('all'))
}

function anyOf<T>(all: T[]): T {
  const one = all[Math.floor(Math.random() * all.length)]
  if (one === undefined) throw new Error('The cluster has no node that is known.')
  return one
}
