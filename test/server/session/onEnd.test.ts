import connectPgSimple from 'connect-pg-simple'
import session, { MemoryStore } from 'express-session'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  type AppSessionStore,
  destroySession,
  memoryStore,
  type SessionMeta,
  type SessionStore,
} from '../../../server-reference/index.js'
import { type Running, startPostgres } from '../../support/servers/servers.js'
import { freshId, minute, world } from '../../support/servers/world.js'

const sessionData = { cookie: new session.Cookie(), user: 'ada' }

/** Signs 1,000 people in, in the app's own store too, and lets all of them idle out. */
async function thousandEnds(own: session.Store) {
  const call = (run: (done: (error?: unknown) => void) => void) =>
    new Promise<void>((resolve, reject) => run((error) => (error ? reject(error) : resolve())))
  const { security, pass, events } = world({
    sweepEvery: 10,
    onEnd: ({ id }) => destroySession(own, id),
  })
  const ids = Array.from({ length: 1_000 }, freshId)
  for (const id of ids) {
    await call((done) => own.set(id, sessionData, done))
    await security.start({ id, subject: 'ada' })
  }
  pass(15 * minute)
  return { ids, events, close: security.close }
}

describe('the app’s own store is empty after 1,000 ends that nobody asked about', () => {
  let server: Running & { url: string }
  let pool: pg.Pool
  beforeAll(async () => {
    server = await startPostgres()
    pool = new pg.Pool({ connectionString: server.url, max: 10 })
  }, 60_000)
  afterAll(async () => {
    await pool.end()
    await server.stop()
  })

  test('in express-session’s MemoryStore', async () => {
    const own = new MemoryStore()
    const { close } = await thousandEnds(own)
    const left = () => Object.keys((own as unknown as { sessions: object }).sessions).length
    expect(left()).toBe(1_000)
    await expect.poll(left, { timeout: 10_000 }).toBe(0)
    close()
  })

  test('in connect-pg-simple', async () => {
    const PgStore = connectPgSimple(session)
    const own = new PgStore({ pool, createTableIfMissing: true, pruneSessionInterval: false })
    const { close } = await thousandEnds(own)
    const left = async () => (await pool.query('SELECT count(*) FROM session')).rows[0].count
    expect(await left()).toBe('1000')
    await expect.poll(left, { timeout: 10_000 }).toBe('0')
    close()
  })

  test('and a store that is down is seen, though it tells only a callback', async () => {
    const PgStore = connectPgSimple(session)
    const nowhere = new pg.Pool({ host: '127.0.0.1', port: 1 })
    const own = new PgStore({ pool: nowhere, pruneSessionInterval: false })
    const { security, events } = world({ onEnd: ({ id }) => destroySession(own, id) })
    const id = freshId()
    await security.start({ id, subject: 'ada' })
    await security.end({ id })
    await expect.poll(() => events.map(({ type }) => type)).toContain('failed')
    await nowhere.end()
  })
})

describe('destroySession', () => {
  const outcome = (destroy: AppSessionStore['destroy']) =>
    destroySession({ destroy }, 'an id').then(
      () => 'done',
      (error) => `failed: ${error}`,
    )

  test('waits for the callback, or for the promise of a store that has none', async () => {
    expect(await outcome((_id, done) => done())).toBe('done')
    expect(await outcome((_id, done) => done('down'))).toBe('failed: down')
    expect(await outcome(async (_id: string) => {})).toBe('done')
    expect(await outcome((_id: string) => Promise.reject('down'))).toBe('failed: down')
    expect(
      await outcome(() => {
        throw 'thrown'
      }),
    ).toBe('failed: thrown')
  })

  test('does not take an early promise for success', async () => {
    expect(
      await outcome(async (_id, done) => {
        setImmediate(() => done('down'))
      }),
    ).toBe('failed: down')
  })
})

describe('onEnd', () => {
  test('gets the id of every session that ended, whoever met the end', async () => {
    const { security, ended, pass } = world({ sweepEvery: 10 })
    const ids = Array.from({ length: 4 }, freshId) as [string, string, string, string]
    await security.start({ id: ids[0], subject: 'ada' })
    await security.end({ id: ids[0] })
    await security.start({ id: ids[1], subject: 'bob' })
    await security.endSubject('bob')
    await security.start({ id: ids[2], subject: 'ada' })
    await security.rotate({ from: ids[2], to: ids[3] })
    pass(15 * minute)
    await expect.poll(() => ended).toHaveLength(3)
    security.close()
    expect(ended).toEqual([
      { id: ids[0], subject: 'ada', reason: 'signed-out' },
      { id: ids[1], subject: 'bob', reason: 'revoked' },
      { id: ids[3], subject: 'ada', reason: 'idle' },
    ])
  })

  test('is told of an end that a renewal met', async () => {
    const { security, ended, pass } = world()
    const id = freshId()
    await security.start({ id, subject: 'ada' })
    pass(15 * minute)
    expect(await security.rotate({ from: id, to: freshId() })).toBe(false)
    await security.end({ id })
    await expect.poll(() => ended).toEqual([{ id, subject: 'ada', reason: 'idle' }])
  })

  const kept: { key: string; meta: SessionMeta }[] = []
  function keeping(): SessionStore {
    const inner = memoryStore()
    return {
      ...inner,
      create(key, limits, meta, ...rest) {
        kept.push({ key, meta })
        return inner.create(key, limits, meta, ...rest)
      },
    }
  }

  test('learns it from a record that tells it to nobody else', async () => {
    const { security } = world({ store: keeping() })
    const id = 'an id that is easy to find'
    await security.start({ id, subject: 'ada' })
    const { meta } = kept.splice(0)[0] as { meta: SessionMeta }
    const bytes = Buffer.from(meta.sealedId, 'base64url').toString('latin1')
    expect(bytes + JSON.stringify(meta)).not.toMatch(/easy to find/)
  })

  test('refuses an id that was moved from another record, or changed', async () => {
    const inner = memoryStore()
    const sealed: string[] = []
    const store: SessionStore = {
      ...inner,
      create(key, limits, meta, ...rest) {
        sealed.push(meta.sealedId)
        const foreign = sealed.length === 2 ? (sealed[0] as string) : `x${meta.sealedId.slice(1)}`
        return inner.create(key, limits, { ...meta, sealedId: foreign }, ...rest)
      },
    }
    const { security, ended, events } = world({ store })
    for (const subject of ['changed', 'moved']) await security.start({ id: freshId(), subject })
    for (const subject of ['changed', 'moved']) await security.endSubject(subject)
    await expect.poll(() => events.filter(({ type }) => type === 'failed')).toHaveLength(2)
    expect(ended).toEqual([])
  })

  test('still learns it after the secret was rotated, and says so where the secret is gone', async () => {
    const [older, newer] = ['o'.repeat(32), 'n'.repeat(32)] as const
    const store = memoryStore()
    const id = freshId()
    for (const subject of ['ada', 'bob'])
      await world({ store, secret: older }).security.start({
        id: subject === 'ada' ? id : freshId(),
        subject,
      })
    const rotated = world({ store, secret: [newer, older] })
    await rotated.security.endSubject('ada')
    await expect.poll(() => rotated.ended).toEqual([{ id, subject: 'ada', reason: 'revoked' }])
    const endNotified = vi.fn()
    const later = world({ store: { ...store, endNotified }, secret: newer })
    await later.security.endSubject('bob')
    await expect
      .poll(() => later.events.at(-1))
      .toMatchObject({
        type: 'failed',
        error: { message: expect.stringContaining('secret that is not listed') },
      })
    expect(later.ended).toEqual([])
    // Another process may still have it.
    expect(endNotified).not.toHaveBeenCalled()
  })

  test('is called for fifty sessions at once and no more, and one that hangs holds nobody up for ever', async () => {
    let running = 0
    let most = 0
    let calls = 0
    const finish: (() => void)[] = []
    const { security } = world({
      onEnd: async () => {
        calls++
        most = Math.max(most, ++running)
        await new Promise<void>((resolve) => finish.push(resolve))
        running--
      },
    })
    for (let i = 0; i < 200; i++) await security.start({ id: freshId(), subject: 'ada' })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      await security.endSubject('ada')
      expect(most).toBe(50)
      for (const done of finish.splice(0, 10)) done()
      await vi.advanceTimersByTimeAsync(1)
      expect(calls).toBe(60)
      expect(most).toBe(50)
      await vi.advanceTimersByTimeAsync(30_000)
      expect(calls).toBe(110)
    } finally {
      vi.useRealTimers()
    }
  })
})
