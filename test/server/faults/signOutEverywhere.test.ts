import { describe, expect, test } from 'vitest'
import { memoryStore, type SessionStore } from '../../../server-reference/index.js'
import { postgresStore } from '../../../server-reference/postgres.js'
import { redisStore } from '../../../server-reference/redis.js'
import { keyOf } from '../../../server-reference/session/handles.js'
import { threeStores } from '../../support/servers/threeStores.js'
import { freshId, world } from '../../support/servers/world.js'

const all = threeStores(10)
const { stores } = all

const limits = { expireAfter: 900_000, absolute: 8 * 3_600_000 }
const meta = { subject: 'many', secretId: 'k', sealedId: 's' }

describe.each(['memory', 'Redis', 'PostgreSQL'])('a sign-out everywhere, on %s', (name) => {
  const open = () => {
    const store = stores[name] as SessionStore
    const all = world({ store, timeLimit: 5_000 })
    const isAlive = async (id: string) => (await store.look(keyOf(id))).state === 'active'
    return { ...all, isAlive }
  }

  test('leaves no session that is renewed at the same time, in 300 rounds', async () => {
    const { security, isAlive } = open()
    const survivors: number[] = []
    for (let round = 0; round < 300; round++) {
      const subject = `renewing ${round}`
      const ids = Array.from({ length: 3 }, freshId) as [string, string, string]
      await security.start({ id: ids[0], subject })
      const renewing = async () => {
        const { length } = ids
        for (let i = 1; i < length; i++)
          await security.rotate({ from: ids[i - 1] as string, to: ids[i] as string })
      }
      const both = [renewing, () => security.endSubject(subject)]
      await Promise.all((round % 2 ? both : both.reverse()).map((run) => run()))
      for (const id of ids) if (await isAlive(id)) survivors.push(round)
    }
    expect(survivors).toEqual([])
  }, 60_000)

  test('ends a session that started before, and one that starts meanwhile lives or was refused', async () => {
    const { security, isAlive } = open()
    for (let round = 0; round < 50; round++) {
      const subject = `starting ${round}`
      const [before, meanwhile] = [freshId(), freshId()]
      await security.start({ id: before, subject })
      const [started] = await Promise.allSettled([
        security.start({ id: meanwhile, subject }),
        security.endSubject(subject),
      ])
      expect(await isAlive(before)).toBe(false)
      if (started.status === 'rejected') expect(await isAlive(meanwhile)).toBe(false)
      await security.endSubject(subject)
      expect(await isAlive(meanwhile)).toBe(false)
      const after = freshId()
      await security.start({ id: after, subject })
      expect(await isAlive(after)).toBe(true)
    }
  })
})

test('ends 12,001 sessions of one person on Redis', async () => {
  const { security } = world({ store: redisStore(all.client) })
  const store = redisStore(all.client)
  for (let i = 0; i < 12_001; i += 500) {
    const part = Math.min(500, 12_001 - i)
    const keys = Array.from({ length: part }, (_, n) => `many ${i + n}`)
    await Promise.all(keys.map((key) => store.create(key, limits, meta, 10_000)))
  }
  expect(await security.endSubject('many')).toEqual({ ended: 12_001, confirmed: true })
  expect(await store.look('many 0')).toMatchObject({ reason: 'revoked' })
  expect(await store.look('many 12000')).toMatchObject({ reason: 'revoked' })
}, 60_000)

test('ends 2,001 sessions of one person on PostgreSQL', async () => {
  const store = postgresStore(all.pool)
  const { security } = world({ store, timeLimit: 5_000 })
  const keys = Array.from({ length: 2_001 }, (_, n) => `many ${n}`)
  for (let i = 0; i < keys.length; i += 50)
    await Promise.all(keys.slice(i, i + 50).map((key) => store.create(key, limits, meta, 10_000)))
  expect(await security.endSubject('many')).toEqual({ ended: 2_001, confirmed: true })
}, 60_000)

test('ends 200,000 sessions of one person in memory, and others have their turn after each 250', async () => {
  const store = memoryStore()
  let sinceTurn = 0
  let most = 0
  const { security } = world({
    store,
    onEvent: ({ type }) => {
      if (type === 'ended') most = Math.max(most, ++sinceTurn)
    },
  })
  for (let i = 0; i < 200_000; i++) await store.create(`many ${i}`, limits, meta)
  let isOver = false
  const turn = () => {
    sinceTurn = 0
    if (!isOver) setImmediate(turn)
  }
  turn()
  const { ended } = await security.endSubject('many')
  isOver = true
  expect(ended).toBe(200_000)
  expect(most).toBeLessThanOrEqual(250)
}, 60_000)
