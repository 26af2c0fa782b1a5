import { randomBytes } from 'node:crypto'
import { memoryStore, type SessionStore } from 'react-session-security/server'

export interface StoreAddress {
  /** Keeps sessions in Redis instead of in this process. */
  redisUrl?: string
  /** Keeps sessions in PostgreSQL instead of in this process. */
  databaseUrl?: string
  /** The secret for handles, if processes share a store. @default random */
  secret?: string
}

interface OpenStore {
  store: SessionStore
  secret: string
  closeStore: () => Promise<void>
}

/** Opens the chosen store. A client is loaded only if it is needed. */
export async function openStore({
  redisUrl,
  databaseUrl,
  secret,
}: StoreAddress): Promise<OpenStore> {
  const common = { secret: secret ?? randomBytes(32).toString('hex') }
  if (redisUrl) return { ...common, ...(await openRedis(redisUrl)) }
  if (databaseUrl) return { ...common, ...(await openPostgres(databaseUrl)) }
  return { ...common, store: memoryStore(), closeStore: async () => {} }
}

async function openRedis(url: string) {
  const { createClient } = await import('redis')
  const { redisStore } = await import('react-session-security/server/redis')
  let isUp = false
  const client = createClient({
    url,
    // Fail at once while Redis is away: the endpoint answers 503, and nothing piles up.
    disableOfflineQueue: true,
    socket: {
      connectTimeout: 5_000,
      reconnectStrategy: (retries) => isUp && Math.min(retries * 50, 1_000),
    },
  })
  client.on('error', () => {})
  await client.connect().catch(() => fail(`No Redis answers at ${withoutPassword(url)}.`))
  isUp = true
  return { store: redisStore(client), closeStore: async () => client.destroy() }
}

async function openPostgres(url: string) {
  const { Pool } = (await import('pg')).default
  const { postgresSchema, postgresStore } = await import('react-session-security/server/postgres')
  const pool = new Pool({ connectionString: url, connectionTimeoutMillis: 5_000 })
  pool.on('error', () => {})
  await pool
    .query(postgresSchema())
    .catch(() => fail(`No PostgreSQL answers at ${withoutPassword(url)}.`))
  return { store: postgresStore(pool), closeStore: () => pool.end() }
}

function fail(message: string): never {
  throw new Error(message)
}

const withoutPassword = (url: string) => url.replace(/\/\/[^@/]*@/, '//')
