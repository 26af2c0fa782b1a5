import { createHash } from 'node:crypto'

/** Both are event emitters. */
interface Listened {
  on(event: 'error', listener: () => void): unknown
  listenerCount(event: 'error'): number
}

/** The part of node-redis that is used: a client, a pool or a cluster. */
export interface NodeRedisClient extends Listened {
  evalSha(sha: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
  withCommandOptions(options: { timeout: 0; typeMapping: Record<number, never> }): NodeRedisClient
}

/** The part of ioredis that is used: a client or a cluster. */
export interface IoredisClient extends Listened {
  evalsha(sha: string, keys: number, ...rest: string[]): Promise<unknown>
  eval(script: string, keys: number, ...rest: string[]): Promise<unknown>
  disconnect(reconnect?: boolean): void
}

/** The client that the app already has. */
export type RedisClient = NodeRedisClient | IoredisClient

/** A script with its hash. Calls send the hash instead of the text. */
export interface Script {
  text: string
  sha: string
}

export const script = (text: string): Script => ({
  text,
  sha: createHash('sha1').update(text).digest('hex'),
})

/** Both clients, and their clusters, in the two calls that the store needs. */
export interface RedisPort {
  /**
   * One key per call: a cluster finds the node by it. It is the primary, because a script may
   * write.
   */
  run(script: Script, key: string, args?: (string | number)[]): Promise<unknown>
  /** How many replicas have received what was written to this key's node. */
  wait(key: string, replicas: number, ms: number): Promise<number>
}

/**
 * Clients for Redis over HTTP have `evalsha`, too, but with other arguments, and without a
 * connection to listen on.
 */
export const isRedisClient = (client: unknown): client is RedisClient =>
  has(client, 'eval') &&
  has(client, 'on') &&
  has(client, 'listenerCount') &&
  ((has(client, 'evalSha') && has(client, 'withCommandOptions')) ||
    (has(client, 'evalsha') && has(client, 'disconnect')))

/**
 * `maxPending` bounds the commands that wait while Redis is away. The client itself would queue
 * without limit.
 */
export function redisPort(client: RedisClient, maxPending: number): RedisPort {
  const { bySha, byText } = isNodeRedis(client) ? throughNodeRedis(client) : throughIoredis(client)
  const reconnect = reconnecter(client)
  let pending = 0
  // Without a listener the first lost connection would end the process. Failed queries still
  // reject.
  if (client.listenerCount('error') === 0) client.on('error', () => {})

  function enter(): void {
    if (pending >= maxPending) throw new Error(`More than ${maxPending} commands wait for Redis`)
    pending++
  }

  return {
    async run(one, key, args = []) {
      const texts = args.map(String)
      enter()
      try {
        return await bySha(one, key, texts)
      } catch (error) {
        const text = String(error)
        if (text.includes('READONLY')) reconnect()
        if (!text.includes('NOSCRIPT')) throw error
        // After a restart or a flush, or on another node, Redis needs the text once.
        return await byText(one, key, texts)
      } finally {
        pending--
      }
    },

    async wait(key, replicas, ms) {
      enter()
      try {
        return await waitFor(client, key, replicas, ms)
      } finally {
        pending--
      }
    },
  }
}

type Call = (one: Script, key: string, args: string[]) => Promise<unknown>

function throughIoredis(client: IoredisClient): { bySha: Call; byText: Call } {
  return {
    bySha: ({ sha }, key, args) => client.evalsha(sha, 1, key, ...args),
    byText: ({ text }, key, args) => client.eval(text, 1, key, ...args),
  }
}

/**
 * No timer per command, which would cost more than the command: a late command does nothing.
 * Replies are plain text, whatever type mapping the app's client has.
 */
function throughNodeRedis(client: NodeRedisClient): { bySha: Call; byText: Call } {
  const plain = client.withCommandOptions({ timeout: 0, typeMapping: {} })
  return {
    bySha: ({ sha }, key, args) => plain.evalSha(sha, { keys: [key], arguments: args }),
    byText: ({ text }, key, args) => plain.eval(text, { keys: [key], arguments: args }),
  }
}

/**
 * A primary that became a replica refuses every write on this connection. A new connection leads
 * to the new primary. A cluster finds it by itself.
 */
function reconnecter(client: RedisClient): () => void {
  let soonest = 0
  return () => {
    const now = performance.now()
    if (now < soonest || has(client, 'nodes')) return
    soonest = now + 1_000
    if (!isNodeRedis(client)) return client.disconnect(true)
    // A pool manages its connections itself.
    if (!('isReady' in client && has(client, 'destroy') && has(client, 'connect'))) return
    ;(client.destroy as () => void)()
    ;(client.connect as () => Promise<unknown>)().catch(() => {})
  }
}

type Wait = (replicas: number, ms: number) => Promise<number>

/** WAIT has no key, so each kind of client finds the node in a different way. */
async function waitFor(client: object, key: string, replicas: number, ms: number): Promise<number> {
  if (has(client, 'nodes')) {
    // ioredis' cluster: ask all primaries, which include this key's one.
    const nodes = (client.nodes as (role: string) => { wait: Wait }[])('master')
    return Math.min(...(await Promise.all(nodes.map((node) => node.wait(replicas, ms)))))
  }
  if (has(client, 'wait')) return (client.wait as Wait)(replicas, ms)
  // node-redis' cluster.
  const { sendCommand } = client as { sendCommand: (...args: unknown[]) => Promise<number> }
  return sendCommand.call(client, key, false, ['WAIT', String(replicas), String(ms)])
}

const isNodeRedis = (client: RedisClient): client is NodeRedisClient => has(client, 'evalSha')

function has<Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> {
  return typeof (value as Record<Name, unknown> | null)?.[name] === 'function'
}
