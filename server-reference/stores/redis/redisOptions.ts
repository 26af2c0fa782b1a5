import { collectMistakes } from '../../../src/options/optionMistakes.js'
import { aCount, aDuration, aString, checkRules, type Rules } from '../../../src/options/rules.js'
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

const rules: Rules<RedisStoreOptions> = {
  prefix: aString,
  retainEnded: aDuration,
  confirmReplicas: aCount(0),
  confirmWithin: aDuration,
  maxPending: aCount(1),
  evicts: { must: 'must be false or left out', accepts: (value) => value === false },
}

/** @throws one error that names every mistake. */
export function checkRedisOptions(client: unknown, options: RedisStoreOptions): void {
  const mistakes = collectMistakes('redisStore')
  if (!isRedisClient(client))
    mistakes.add('client', 'must be a client of ioredis, or of node-redis 5 or later', client, true)
  mistakes.unknown({ ...options }, Object.keys(rules))
  checkRules({ ...options }, rules, mistakes)
  mistakes.check()
}
