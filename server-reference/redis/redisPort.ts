import { createHash } from 'node:crypto'

/** What is used of node-redis: a client, a pool or a cluster. */
export interface NodeRedisClient {
  evalSha(sha: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
}

/** What is used of ioredis: a client or a cluster. */
export interface IoredisClient {
  evalsha(sha: string, keys: number, ...rest: string[]): Promise<unknown>
  eval(script: string, keys: number, ...rest: string[]): Promise<unknown>
}

/** The client that the app already has. */
export type RedisClient = NodeRedisClient | IoredisClient

/** A script with its hash, so that a call carries the hash and not the text. */
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
  /** One key each: a cluster finds the node by it, and the primary, because a script may write. */
  run(script: Script, key: string, args: (string | number)[]): Promise<unknown>
  /** How many replicas have what was written to this key's node. */
  wait(key: string, replicas: number, ms: number): Promise<number>
}

export const isRedisClient = (client: unknown): client is RedisClient =>
  has(client, 'evalSha') || has(client, 'evalsha')

/** `maxPending` bounds what queues up while Redis is away; the client itself would queue for ever. */
export function redisPort(client: RedisClient, maxPending: number): RedisPort {
  let pending = 0

  async function bounded<T>(call: () => Promise<T>): Promise<T> {
    if (pending >= maxPending) throw new Error(`More than ${maxPending} commands wait for Redis`)
    pending++
    try {
      return await call()
    } finally {
      pending--
    }
  }

  const call = isNodeRedis(client)
    ? (how: 'sha' | 'text', one: Script, key: string, args: string[]) =>
        how === 'sha'
          ? client.evalSha(one.sha, { keys: [key], arguments: args })
          : client.eval(one.text, { keys: [key], arguments: args })
    : (how: 'sha' | 'text', one: Script, key: string, args: string[]) =>
        how === 'sha'
          ? client.evalsha(one.sha, 1, key, ...args)
          : client.eval(one.text, 1, key, ...args)

  return {
    run: (one, key, args) =>
      bounded(async () => {
        const texts = args.map(String)
        try {
          return await call('sha', one, key, texts)
        } catch (error) {
          // A restart, a flush or another node: it has to be told the text once.
          if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error
          return call('text', one, key, texts)
        }
      }),
    wait: (key, replicas, ms) => bounded(() => waitFor(client, key, replicas, ms)),
  }
}

type Wait = (replicas: number, ms: number) => Promise<number>

/** WAIT has no key, so each kind of client finds its node in another way. */
async function waitFor(client: object, key: string, replicas: number, ms: number): Promise<number> {
  if (has(client, 'nodes')) {
    // ioredis' cluster: what all primaries can say, this key's one can say too.
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
