import { Redis } from 'ioredis'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { memoryStore, type SessionStore } from '../../../server-reference/index.js'
import { postgresSchema, postgresStore } from '../../../server-reference/postgres.js'
import { redisStore } from '../../../server-reference/redis.js'
import { type Running, startPostgres, startRedis } from './servers.js'

/** The three stores, on a real Redis and a real PostgreSQL that run as long as the file's tests. */
export interface ThreeStores {
  readonly stores: Record<string, SessionStore>
  readonly redis: Running
  readonly client: Redis
  readonly postgres: Running & { url: string }
  readonly pool: pg.Pool
}

export function threeStores(connections: number): ThreeStores {
  const stores: Record<string, SessionStore> = { memory: memoryStore() }
  let redis: Running
  let client: Redis
  let postgres: ThreeStores['postgres']
  let pool: pg.Pool

  beforeAll(async () => {
    redis = await startRedis()
    client = new Redis(redis.port, '127.0.0.1')
    stores.Redis = redisStore(client)
    postgres = await startPostgres()
    pool = new pg.Pool({ connectionString: postgres.url, max: connections })
    await pool.query(postgresSchema())
    stores.PostgreSQL = postgresStore(pool)
  }, 60_000)
  afterAll(async () => {
    client.disconnect()
    await pool.end()
    await redis.stop()
    await postgres.stop()
  })

  return {
    stores,
    // There once the file's tests begin.
    get redis() {
      return redis
    },
    get client() {
      return client
    },
    get postgres() {
      return postgres
    },
    get pool() {
      return pool
    },
  }
}
