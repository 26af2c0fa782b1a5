import { show } from '../../options/describeValue.js'
import { fail, misspelt } from '../../options/mistakes.js'
import { isRedisClient } from './redisPort.js'

export interface RedisStoreOptions {
  /**
   * What all keys begin with; keeps two apps on one Redis apart.
   * @default 'session-security:'
   */
  prefix?: string
  /**
   * Milliseconds for which the reason of an end is remembered.
   * @default 600000
   */
  retainEnded?: number
  /**
   * Replicas that have to have an end before it counts as confirmed. Asking holds up the client's
   * other commands for up to `confirmWithin`.
   * @default 0
   */
  confirmReplicas?: number
  /**
   * Milliseconds to wait for those replicas.
   * @default 100
   */
  confirmWithin?: number
  /**
   * Commands that may wait for Redis at once; more fail at once.
   * @default 10000
   */
  maxPending?: number
  /**
   * `false`: this Redis never evicts a key (`maxmemory-policy noeviction`), and is not asked by INFO.
   * @default whatever INFO says
   */
  evicts?: false
}

/** Throws one error that names every mistake. */
export function checkRedisOptions(client: unknown, options: RedisStoreOptions): void {
  const whole = { retainEnded: 1, confirmReplicas: 0, confirmWithin: 1, maxPending: 1 }
  const mistakes = misspelt({ ...options }, ['prefix', 'evicts', ...Object.keys(whole)], '')
  if (!isRedisClient(client))
    mistakes.push(
      `client has to be a client of ioredis, or of node-redis 5 or later, not ${show(client)}`,
    )
  if (options.prefix !== undefined && typeof options.prefix !== 'string')
    mistakes.push(`prefix has to be a string, not ${show(options.prefix)}`)
  if (options.evicts !== undefined && options.evicts !== false)
    mistakes.push(`evicts has to be false or left out, not ${show(options.evicts)}`)
  for (const [name, least] of Object.entries(whole)) {
    const value = options[name as keyof typeof whole]
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= least))
      mistakes.push(`${name} has to be a whole number from ${least} on, not ${show(value)}`)
  }
  if (mistakes.length > 0) fail('redisStore', mistakes)
}
