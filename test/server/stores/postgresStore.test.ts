import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type PostgresPool,
  postgresSchema,
  postgresStore,
} from '../../../server-reference/postgres.js'
import { statements } from '../../../server-reference/stores/postgres/statements.js'
import { createPast } from '../../support/servers/createPast.js'
import { type Running, startPostgres } from '../../support/servers/servers.js'
import { endAll, storeContract } from '../../support/servers/storeContract.js'

let server: Running & { url: string }
let pool: pg.Pool

beforeAll(async () => {
  server = await startPostgres()
  pool = new pg.Pool({ connectionString: server.url, max: 10 })
  await pool.query(postgresSchema())
}, 60_000)
afterAll(async () => {
  await pool.end()
  await server.stop()
})

storeContract('the PostgreSQL store', async () => postgresStore(pool))
storeContract('the PostgreSQL store without prepared statements', async () => {
  await pool.query(postgresSchema('unprepared'))
  return postgresStore(pool, { table: 'unprepared', prepare: false })
})

/** The pool, and the texts of what it was asked. */
function counting(pool: pg.Pool) {
  const texts: string[] = []
  const names = new Set<string | undefined>()
  const counted: PostgresPool = {
    query(query) {
      texts.push(query.text)
      names.add(query.name)
      return pool.query(query)
    },
    connect: () => pool.connect(),
    on: (event, listener) => pool.on(event, listener),
    listenerCount: (event) => pool.listenerCount(event),
    options: pool.options,
  }
  return { counted, texts, names }
}

describe('the PostgreSQL store, beyond the contract', () => {
  const limits = { expireAfter: 900_000, absolute: 3_600_000 }
  const meta = { subject: 'ada', secretId: 'k', sealedId: 's' }

  test('is shared by processes', () => {
    expect(postgresStore(pool).shared).toBe(true)
  })

  test('runs one statement a report', async () => {
    const { counted, texts } = counting(pool)
    const store = postgresStore(counted)
    await store.create('one', limits, meta)
    // The first report of a process learns the database's time, too.
    await store.touch('one', limits, 0)
    texts.length = 0
    await store.touch('one', limits, 0)
    expect(texts).toHaveLength(1)
  })

  test('has its statements prepared, each under a name of its own, unless it is told not to', async () => {
    const { counted, names, texts } = counting(pool)
    const use = async (options: object) => {
      const store = postgresStore(counted, options)
      await store.create('prepared', limits, meta)
      await store.look('prepared')
    }
    await use({})
    expect(names).toEqual(new Set(['session_security create', 'session_security look']))
    names.clear()
    texts.length = 0
    await use({ prepare: false })
    expect(names).toEqual(new Set([undefined]))
    expect(texts.length).toBeGreaterThan(1)
  })

  test('lives in a table and a schema of any name, made as often as one likes', async () => {
    await pool.query('CREATE SCHEMA IF NOT EXISTS security')
    for (let i = 0; i < 2; i++) await pool.query(postgresSchema('security.sessions'))
    const store = postgresStore(pool, { table: 'security.sessions' })
    await store.create('a', limits, meta)
    expect(await store.look('a')).toMatchObject({ state: 'active' })
  })

  test('is set up by processes that start together', async () => {
    for (let round = 0; round < 5; round++) {
      const schema = postgresSchema(`together_${round}`)
      await Promise.all(Array.from({ length: 8 }, () => pool.query(schema)))
      const { rows } = await pool.query(`SELECT count(*) FROM together_${round}`)
      expect(rows).toEqual([{ count: '0' }])
    }
  })

  test('forgets the reason of an end after its time, and the row with the next sweep', async () => {
    const store = postgresStore(pool)
    await store.create('forgotten', limits, meta)
    await store.end('forgotten', 'revoked')
    await pool.query("UPDATE session_security SET due = 0 WHERE key = 'forgotten'")
    expect(await store.look('forgotten')).toMatchObject({ reason: 'unknown', meta: null })
    expect(await store.touch('forgotten', limits, 0)).toMatchObject({
      reason: 'unknown',
      meta: null,
    })
    await store.sweep?.()
    const { rows } = await pool.query("SELECT 1 FROM session_security WHERE key = 'forgotten'")
    expect(rows).toEqual([])
  })

  test('gives an end to the sweep again, every half minute, until onEnd was told of it', async () => {
    await pool.query(postgresSchema('pending'))
    const store = postgresStore(pool, { table: 'pending' })
    const halfAMinuteLater = () =>
      pool.query('UPDATE pending SET end_pending = end_pending - 30000')
    const swept = async () => (await store.sweep?.())?.map(({ key }) => key).sort()
    await store.create('everywhere', limits, { ...meta, subject: 'bob' })
    await createPast(store, 'idle', limits, meta, { age: 900_000, idle: 900_000 })
    for (const key of ['signed-out', 'notified', 'touched']) await store.create(key, limits, meta)
    expect(await swept()).toEqual(['idle'])
    for (const key of ['signed-out', 'notified']) await store.end(key, 'signed-out')
    await endAll(store, 'bob')
    await store.touch('touched', { expireAfter: 0, absolute: null }, null)
    await store.endNotified?.('notified')
    expect(await swept()).toEqual([])

    await halfAMinuteLater()
    expect(await swept()).toEqual(['everywhere', 'idle', 'signed-out', 'touched'])
    expect(await swept()).toEqual([])

    for (const key of ['everywhere', 'idle', 'touched']) await store.endNotified?.(key)
    await halfAMinuteLater()
    expect(await store.sweep?.()).toEqual([{ key: 'signed-out', reason: 'signed-out', meta }])
  })

  test('sweeps a large table by reading only what is due', async () => {
    const table = 'large'
    await pool.query(postgresSchema(table))
    await pool.query(`
      INSERT INTO ${table} (key, subject, secret_id, sealed_id, created, last, expire_after, due)
      SELECT 'k' || i, 's' || i, 'k', 's', 0, 0, 9e15, 9e15 + i FROM generate_series(1, 20000) AS i`)
    await pool.query(`ANALYZE ${table}`)
    const { rows } = await pool.query(
      `EXPLAIN (ANALYZE) ${statements(table).sweep}`
        .replaceAll('$1', '600000')
        .replaceAll('$2', '500')
        .replaceAll('$3', '30000'),
    )
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toContain(`Index Scan using ${table}_due`)
    expect(plan).not.toMatch(/Rows Removed|Seq Scan.*actual/)
  })

  test('changes no indexed column with a report, so that rows are updated in place', async () => {
    const store = postgresStore(pool, { table: 'hot' })
    await pool.query(postgresSchema('hot'))
    await createPast(store, 'hot', limits, meta, { age: 800_000, idle: 800_000 })
    for (let idleFor = 20; idleFor > 0; idleFor--) await store.touch('hot', limits, idleFor * 1_000)
    await pool.query('SELECT pg_stat_force_next_flush()')
    await expect
      .poll(
        async () => {
          const { rows } = await pool.query(
            "SELECT n_tup_upd AS all, n_tup_hot_upd AS hot FROM pg_stat_user_tables WHERE relname = 'hot'",
          )
          return rows[0]
        },
        { timeout: 5_000 },
      )
      .toEqual({ all: '20', hot: '20' })
  })

  test('refuses a touch that waited behind a delete', async () => {
    const store = postgresStore(pool)
    await store.create('behind', limits, meta)
    const other = await pool.connect()
    await other.query('BEGIN')
    await other.query("DELETE FROM session_security WHERE key = 'behind'")
    const waiting = store.touch('behind', limits, 0)
    await expect
      .poll(
        async () => (await pool.query('SELECT 1 FROM pg_locks WHERE NOT granted')).rows.length,
        {
          timeout: 5_000,
        },
      )
      .toBe(1)
    await other.query('COMMIT')
    other.release()
    expect(await waiting).toMatchObject({ reason: 'unknown', meta: null })
    expect((await pool.query("SELECT 1 FROM session_security WHERE key = 'behind'")).rows).toEqual(
      [],
    )
  })

  test('refuses a touch that waited behind an end, and says why', async () => {
    const store = postgresStore(pool)
    await store.create('behind an end', limits, meta)
    const other = await pool.connect()
    await other.query('BEGIN')
    await other.query("UPDATE session_security SET reason = 'revoked' WHERE key = 'behind an end'")
    const waiting = store.touch('behind an end', limits, 0)
    await expect
      .poll(
        async () => (await pool.query('SELECT 1 FROM pg_locks WHERE NOT granted')).rows.length,
        {
          timeout: 5_000,
        },
      )
      .toBe(1)
    await other.query('COMMIT')
    other.release()
    expect(await waiting).toMatchObject({ reason: 'revoked' })
  })
})
