import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { afterEach, describe, expect, test } from 'vitest'
import { redisStore } from '../../../server-reference/redis.js'
import { viaFetch } from '../../support/servers/callers.js'
import { type Running, startRedis } from '../../support/servers/servers.js'
import { freshId, page, world } from '../../support/servers/world.js'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function redis(options: { port?: number; args?: string[] } = {}): Promise<Running> {
  const server = await startRedis(options)
  cleanups.push(() => server.stop())
  return server
}

function ioredis(port: number) {
  const client = new Redis({
    port,
    host: '127.0.0.1',
    enableOfflineQueue: false,
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => 50,
  })
  client.on('error', () => {})
  cleanups.push(() => client.disconnect())
  return client.connect().then(() => client)
}

function nodeRedis(port: number) {
  const client = createClient({
    disableOfflineQueue: true,
    socket: { host: '127.0.0.1', port, reconnectStrategy: () => 50 },
  })
  client.on('error', () => {})
  cleanups.push(() => client.destroy())
  return client.connect().then(() => client)
}

const timeLimit = 300

describe.each([
  ['ioredis', ioredis],
  ['node-redis', nodeRedis],
] as const)('through %s', (_name, connect) => {
  async function signedIn(server: Running) {
    const store = redisStore(await connect(server.port))
    const all = world({ store, timeLimit, rateLimit: false })
    const caller = await viaFetch(all.security)
    const id = freshId()
    const { session } = await all.security.start({ id, subject: 'ada' })
    const tab = page(caller, id)
    /** The status, and how long it took. */
    async function timed(ask: () => Promise<{ status: number }>) {
      const start = performance.now()
      const { status } = await ask()
      return { status, ms: performance.now() - start }
    }
    return { ...all, tab, session, timed, id }
  }

  const refusedInTime = {
    status: 503,
    ms: expect.toSatisfy((ms: number) => ms < timeLimit + 200),
  }

  test('answers 503 in time while Redis hangs, and goes on when it does', async () => {
    const server = await redis()
    const { tab, session, timed, events } = await signedIn(server)
    process.kill(server.pid, 'SIGSTOP')
    for (const ask of [() => tab.report(0, session), () => tab.get(), () => tab.signOut(session)])
      expect(await timed(ask)).toEqual(refusedInTime)
    expect(events.map(({ type }) => type)).toContain('store-down')
    process.kill(server.pid, 'SIGCONT')
    // The sign-out that was refused was on its way, and may have been carried out since.
    await expect.poll(async () => (await tab.observe(session)).status, { timeout: 5_000 }).toBe(401)
  })

  test('does not count a report that lay before a Redis that hung', async () => {
    const server = await redis()
    const { tab, session, timed } = await signedIn(server)
    const reported = performance.now()
    const since = () => performance.now() - reported
    expect((await tab.report(0, session)).status).toBe(200)
    process.kill(server.pid, 'SIGSTOP')
    expect(await timed(() => tab.report(0, session))).toEqual(refusedInTime)
    await expect.poll(since, { timeout: 5_000 }).toBeGreaterThan(1_500)
    process.kill(server.pid, 'SIGCONT')
    await expect.poll(async () => (await tab.observe(session)).status).toBe(200)
    expect((await tab.observe(session)).json.idleMs).toBeGreaterThan(1_400)
  })

  test('answers 503 while Redis is gone, and 401 once it is back with nothing in it', async () => {
    const server = await redis()
    const { tab, session, timed, security } = await signedIn(server)
    await server.crash()
    expect(await timed(() => tab.report(0, session))).toEqual(refusedInTime)
    expect(await timed(() => tab.signOut(session))).toEqual(refusedInTime)
    await expect(security.start({ id: freshId(), subject: 'bob' })).rejects.toThrow()
    await redis({ port: server.port })
    await expect
      .poll(async () => (await tab.report(0, session)).status, { timeout: 5_000 })
      .toBe(401)
    expect((await tab.report(0, session)).json.reason).toBe('unknown')
    const { session: fresh } = await security.start({ id: freshId(), subject: 'ada' })
    expect(fresh).not.toBe(session)
  })

  test('does not notice that its scripts are gone', async () => {
    const server = await redis()
    const { tab, session } = await signedIn(server)
    await (await ioredis(server.port)).script('FLUSH')
    expect((await tab.report(0, session)).status).toBe(200)
    expect((await tab.signOut(session)).status).toBe(204)
  })

  test('ends what was flushed, and makes nothing anew', async () => {
    const server = await redis()
    const { tab, session } = await signedIn(server)
    const plain = await ioredis(server.port)
    await plain.flushall()
    for (let i = 0; i < 3; i++) expect((await tab.report(0, session)).json.reason).toBe('unknown')
    expect(await plain.dbsize()).toBe(0)
  })
})

test('says that an end is not safe yet, so that a promoted replica cannot bring it back unnoticed', async () => {
  const primary = await redis({ args: ['--repl-diskless-sync-delay', '0'] })
  const replica = await redis({ args: ['--replicaof', '127.0.0.1', String(primary.port)] })
  const watch = await ioredis(replica.port)
  await expect
    .poll(async () => await watch.info('replication'), { timeout: 10_000 })
    .toContain('master_link_status:up')
  const client = new Redis({ port: primary.port, host: '127.0.0.1', retryStrategy: () => null })
  client.on('error', () => {})
  cleanups.push(() => client.disconnect())
  const options = { confirmReplicas: 1, confirmWithin: 100 }
  const secret = 'the same secret for both, 32 bytes or more'
  const before = world({ store: redisStore(client, options), secret })
  const id = freshId()
  const other = freshId()
  const { session } = await before.security.start({ id, subject: 'ada' })
  await before.security.start({ id: other, subject: 'ada' })
  await expect
    .poll(() => before.security.end({ id: other }), { timeout: 5_000 })
    .toMatchObject({ confirmed: true })

  // Cut off from its primary and promoted: what the primary is told from here on is lost.
  await watch.call('REPLICAOF', 'NO', 'ONE')
  const signOut = await page(await viaFetch(before.security), id).signOut(session)
  expect(signOut.status).toBe(503)
  expect(before.events).toContainEqual(expect.objectContaining({ type: 'ended', confirmed: false }))
  await primary.crash()

  const after = world({ store: redisStore(await ioredis(replica.port)), secret })
  const tab = page(await viaFetch(after.security), id)
  // What the failover lost is back here; the page, which was told so, asks again and is heard.
  expect((await tab.observe()).status).toBe(200)
  expect((await tab.signOut(session)).status).toBe(204)
  expect((await tab.report(0, session)).json.reason).toBe('signed-out')
}, 30_000)
