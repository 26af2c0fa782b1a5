const required = ['create', 'rotate', 'look', 'touch', 'end']
const optional = ['endSubject', 'sweep', 'endNotified', 'watchEnds']

/** The rule that a wrong `store` breaks, and what was probably meant; `null` for a store. */
export function storeRule(value: unknown): string | null {
  if (typeof value === 'function')
    return 'must be a store, not the function that makes one: call it, as in memoryStore()'
  if (typeof value !== 'object' || value === null) return 'must be a store, such as memoryStore()'
  const client = clientHint(value)
  if (client) return `must be a store, not ${client}`
  const missing = required.filter((name) => !hasFunction(value, name))
  const wrong = optional.filter(
    (name) => member(value, name) !== undefined && !hasFunction(value, name),
  )
  const list = [...missing, ...wrong].map((name) => `${name}()`)
  if (typeof member(value, 'shared') !== 'boolean') list.push('shared (true or false)')
  if (!Number.isFinite(member(value, 'retainEnded'))) list.push('retainEnded (milliseconds)')
  return list.length === 0
    ? null
    : `must be a store, such as memoryStore(); this one lacks ${list.join(', ')}`
}

/** Names a client that was mistaken for a store: some even have a method `touch`. */
function clientHint(value: object): string | null {
  const has = (...names: string[]) => names.every((name) => hasFunction(value, name))
  if (has('defineCommand', 'duplicate')) return 'an ioredis client; give redisStore(client)'
  if (has('sendCommand')) return 'a node-redis client; give redisStore(client)'
  if (has('query', 'connect')) return 'a pg pool; give postgresStore(pool)'
  if (has('get', 'set', 'eval'))
    return (
      'a Redis client that speaks HTTP or another one that is not known; ' +
      'give redisStore() an ioredis or a node-redis client, which keep a connection'
    )
  if (has('get', 'set', 'destroy'))
    return "the store of express-session or @fastify/session, which is the app's own; give memoryStore() or another of this package"
  return null
}

function member(value: object, name: string): unknown {
  try {
    return Reflect.get(value, name)
  } catch {
    return undefined
  }
}

const hasFunction = (value: object, name: string) => typeof member(value, name) === 'function'
