import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { memoryStore, type SessionStore } from '../../../server-reference/index.js'
import { keyOf } from '../../../server-reference/session/handles.js'
import { threeStores } from '../../support/servers/threeStores.js'
import { freshId, world } from '../../support/servers/world.js'

const all = threeStores(4)
const { stores } = all

const isAlive = async (store: SessionStore, id: string) =>
  (await store.look(keyOf(id))).state === 'active'

describe.each(['memory', 'Redis', 'PostgreSQL'])('renewing on %s', (name) => {
  test('never prolongs a session, however often', async () => {
    const store = stores[name] as SessionStore
    const { security } = world({ store, timeLimit: 5_000 })
    let id = freshId()
    const meta = { subject: 'ada', secretId: 'k', sealedId: 's' }
    const begun = performance.now()
    await store.create(keyOf(id), { expireAfter: 1_000, absolute: 2_000 }, meta)
    for (;;) {
      const to = freshId()
      if (!(await security.rotate({ from: id, to }))) break
      id = to
      if (performance.now() - begun > 4_900) break
    }
    expect(performance.now() - begun).toBeLessThan(2_000)
    expect(await isAlive(store, id)).toBe(false)
  })
})

const timeLimit = 200

describe('a start or a renewal that was rejected makes no session later', () => {
  async function rejected(store: SessionStore, stop: () => unknown, goOn: () => unknown) {
    const { security } = world({ store, timeLimit })
    const [old, renewed, started] = [freshId(), freshId(), freshId()] as const
    await security.start({ id: old, subject: 'ada' })
    await stop()
    const both = [
      security.start({ id: started, subject: 'ada' }),
      security.rotate({ from: old, to: renewed }),
    ]
    for (const { status } of await Promise.allSettled(both)) expect(status).toBe('rejected')
    await goOn()
    // What was sent before is carried out before this.
    await expect
      .poll(async () => await Promise.resolve(store.look(keyOf('nobody'))).catch(() => null), {
        timeout: 5_000,
      })
      .toMatchObject({ reason: 'unknown' })
    for (let i = 0; i < 5; i++) {
      expect(await isAlive(store, started)).toBe(false)
      expect(await isAlive(store, renewed)).toBe(false)
    }
  }

  test('while Redis hung', () =>
    rejected(
      stores.Redis as SessionStore,
      () => process.kill(all.redis.pid, 'SIGSTOP'),
      () => process.kill(all.redis.pid, 'SIGCONT'),
    ))

  test('while a table of PostgreSQL was locked', async () => {
    const other = new pg.Client({ connectionString: all.postgres.url })
    await other.connect()
    await rejected(
      stores.PostgreSQL as SessionStore,
      () => other.query('BEGIN; LOCK TABLE session_security'),
      () => other.query('COMMIT'),
    )
    await other.end()
  })

  test('while a row of PostgreSQL was locked, and is as it was', async () => {
    const store = stores.PostgreSQL as SessionStore
    const { security } = world({ store, timeLimit })
    const [old, renewed] = [freshId(), freshId()]
    await security.start({ id: old, subject: 'ada' })
    const other = new pg.Client({ connectionString: all.postgres.url })
    await other.connect()
    await other.query('BEGIN')
    await other.query('SELECT 1 FROM session_security WHERE key = $1 FOR UPDATE', [keyOf(old)])
    await expect(security.rotate({ from: old, to: renewed })).rejects.toThrow('200 ms')
    await other.query('COMMIT')
    await other.end()
    // This one waits behind the renewal, which has the row by now.
    expect(await store.touch(keyOf(old), null, null)).toMatchObject({ state: 'active' })
    expect(await isAlive(store, renewed)).toBe(false)
  })

  test('while the app’s own policy was being worked out', async () => {
    const store = memoryStore()
    const { security } = world({
      store,
      timeLimit: 50,
      policy: async () => {
        await new Promise((resolve) => setTimeout(resolve, 100))
        return { warnAfter: 600_000, expireAfter: 900_000, absoluteTimeout: null }
      },
    })
    const id = freshId()
    await expect(security.start({ id, subject: 'ada' })).rejects.toThrow('50 ms')
    const since = performance.now()
    await expect.poll(() => performance.now() - since).toBeGreaterThan(150)
    expect(await isAlive(store, id)).toBe(false)
  })
})
