import { collectMistakes } from '../../../src/options/optionMistakes.js'
import { aCount, aDuration, aString, checkRules, type Rules } from '../../../src/options/rules.js'
import { isRedisClient } from './redisPort.js'

export interface RedisStoreOptions {
  /**
   * The prefix of all keys. It separates two apps on one Redis.
   * @default 'session-security:'
   */
  prefix?: string
  /**
   * How long (ms) the reason of an end is remembered.
   * @default 600000
   */
  retainEnded?: number
  /**
   * How many replicas must have an end before it counts as confirmed. Waiting for them delays the
   * client's other commands by up to `confirmWithin`.
   * @default 0
   */
  confirmReplicas?: number
  /**
   * How long (ms) to wait for those replicas.
   * @default 100
   */
  confirmWithin?: number
  /**
   * How many commands may wait for Redis. Further ones fail at once.
   * @default 10000
   */
  maxPending?: number
  /**
   * `false`: this Redis never evicts a key (`maxmemory-policy noeviction`), so INFO is not
   * called.
   * @default what INFO reports
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
