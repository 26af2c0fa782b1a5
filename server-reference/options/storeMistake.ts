import { show } from './describeValue.js'

const required = ['create', 'rotate', 'look', 'touch', 'end']
const optional = ['endSubject', 'sweep', 'endNotified', 'watchEnds']

/** What is wrong with what was given as a store, and what was probably meant. */
export function storeMistake(value: unknown): string | null {
  if (typeof value === 'function')
    return 'store has to be a store, not a function; call it: memoryStore()'
  if (typeof value !== 'object' || value === null)
    return `store has to be a store, such as memoryStore(), not ${show(value)}`
  const client = clientHint(value)
  if (client) return `store has to be a store, not ${client}`
  const missing = required.filter((name) => !hasFunction(value, name))
  const wrong = optional.filter(
    (name) => member(value, name) !== undefined && !hasFunction(value, name),
  )
  const list = [...missing, ...wrong].map((name) => `${name}()`)
  if (typeof member(value, 'shared') !== 'boolean') list.push('shared (true or false)')
  if (!Number.isFinite(member(value, 'retainEnded'))) list.push('retainEnded (milliseconds)')
  return list.length === 0
    ? null
    : `store has to be a store, such as memoryStore(), not ${show(value)}; it lacks ${list.join(', ')}`
}

/** Clients that are easily taken for a store: some even have a method `touch`. */
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
