import { Redis } from 'ioredis'
import pg from 'pg'
import { expect, test } from 'vitest'
import { memoryStore, type SessionStore } from '../../../server-reference/index.js'
import { postgresSchema, postgresStore } from '../../../server-reference/postgres.js'
import { redisStore } from '../../../server-reference/redis.js'
import { startPostgres, startRedis } from '../../support/servers/servers.js'

const limits = { expireAfter: 900_000, absolute: 8 * 3_600_000 }
const meta = { subject: 'ada', secretId: 'k', sealedId: 's' }

/** Forty touches and one end, the end at another place each time. */
async function race(store: SessionStore, rounds: number) {
  for (let round = 0; round < rounds; round++) {
    const key = `round ${round}`
    await store.create(key, limits, meta)
    const answers = await Promise.all(
      Array.from({ length: 41 }, (_, i) =>
        i === round % 41 ? store.end(key, 'signed-out') : store.touch(key, limits, 0),
      ),
    )
    const ended = answers.filter((answer) => 'confirmed' in answer && answer.ended !== null)
    const odd = answers.filter((answer) => 'reason' in answer && answer.reason !== 'signed-out')
    if (ended.length !== 1 || odd.length > 0)
      expect.fail(`round ${round}: ${JSON.stringify({ ended, odd })}`)
    expect(await store.touch(key, limits, 0)).toMatchObject({ reason: 'signed-out', first: false })
  }
}

test('brings nothing back in memory', () => race(memoryStore(), 1_000), 60_000)

test('brings nothing back on Redis, and leaves no key without a time to live', async () => {
  const server = await startRedis()
  const client = new Redis(server.port, '127.0.0.1')
  try {
    await race(redisStore(client), 1_000)
    const keys = await client.keys('*')
    expect(keys.length).toBeGreaterThan(1_000)
    const left = await Promise.all(keys.map((key) => client.pttl(key)))
    expect(left.filter((ms) => ms <= 0)).toEqual([])
  } finally {
    client.disconnect()
    await server.stop()
  }
}, 60_000)

test('brings nothing back on PostgreSQL', async () => {
  const server = await startPostgres()
  const pool = new pg.Pool({ connectionString: server.url, max: 8 })
  try {
    await pool.query(postgresSchema())
    await race(postgresStore(pool), 1_000)
  } finally {
    await pool.end()
    await server.stop()
  }
}, 120_000)
