import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresSchema, postgresStore } from '../../../server-reference/postgres.js'
import { viaFetch } from '../../support/servers/callers.js'
import { startPostgres } from '../../support/servers/servers.js'
import { freshId, page, world } from '../../support/servers/world.js'

let server: Awaited<ReturnType<typeof startPostgres>>
let pool: pg.Pool
const timeLimit = 300

beforeAll(async () => {
  server = await startPostgres()
  pool = new pg.Pool({ connectionString: server.url, max: 4, connectionTimeoutMillis: 1_000 })
  pool.on('error', () => {})
  await pool.query(postgresSchema())
}, 60_000)
afterAll(async () => {
  await pool.end()
  await server.stop()
})

async function signedIn() {
  const { security } = world({ store: postgresStore(pool), timeLimit, rateLimit: false })
  const id = freshId()
  const { session } = await security.start({ id, subject: 'ada' })
  return { tab: page(await viaFetch(security), id), session }
}

async function expectRefusedInTime(ask: () => Promise<{ status: number }>) {
  const start = performance.now()
  expect((await ask()).status).toBe(503)
  expect(performance.now() - start).toBeLessThan(timeLimit + 200)
}

test('answers 503 in time while the table is locked, and goes on afterwards', async () => {
  const { tab, session } = await signedIn()
  const other = new pg.Client({ connectionString: server.url })
  await other.connect()
  await other.query('BEGIN; LOCK TABLE session_security')
  await expectRefusedInTime(() => tab.report(0, session))
  await expectRefusedInTime(() => tab.get())
  await other.query('COMMIT')
  await other.end()
  await expect.poll(async () => (await tab.report(0, session)).status, { timeout: 5_000 }).toBe(200)
})

test('does not count a report that waited behind a lock', async () => {
  const { tab, session } = await signedIn()
  const reported = performance.now()
  const since = () => performance.now() - reported
  expect((await tab.report(0, session)).status).toBe(200)
  const other = new pg.Client({ connectionString: server.url })
  await other.connect()
  await other.query('BEGIN; LOCK TABLE session_security')
  await expectRefusedInTime(() => tab.report(0, session))
  await expect.poll(since, { timeout: 5_000 }).toBeGreaterThan(1_500)
  await other.query('COMMIT')
  await other.end()
  await expect.poll(async () => (await tab.observe(session)).status).toBe(200)
  expect((await tab.observe(session)).json.idleMs).toBeGreaterThan(1_400)
})

test('answers 503 while the database is gone, and goes on where it was when it is back', async () => {
  const { tab, session } = await signedIn()
  await server.crash()
  await expectRefusedInTime(() => tab.report(0, session))
  await expectRefusedInTime(() => tab.signOut(session))
  server = await startPostgres(server)
  await expect.poll(async () => (await tab.report(0, session)).status, { timeout: 5_000 }).toBe(200)
  expect((await tab.signOut(session)).status).toBe(204)
  expect((await tab.report(0, session)).json.reason).toBe('signed-out')
}, 30_000)

test('survives that its connections are cut', async () => {
  const { tab, session } = await signedIn()
  await pool.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL',
  )
  await expect.poll(async () => (await tab.report(0, session)).status, { timeout: 5_000 }).toBe(200)
})
