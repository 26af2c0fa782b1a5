import { describe, expect, test } from 'vitest'
import { memoryStore, type SessionStore } from '../../../server-reference/index.js'
import { keyOf } from '../../../server-reference/session/handles.js'
import { viaFetch } from '../../support/servers/callers.js'
import { freshId, minute, page, world } from '../../support/servers/world.js'

describe('a sign-in over a living session', () => {
  test('ends the old session first, and says so to nobody but onEnd', async () => {
    const inner = memoryStore()
    const calls: string[] = []
    const store: SessionStore = {
      ...inner,
      create: (...args) => {
        calls.push('create')
        return inner.create(...args)
      },
      end: (...args) => {
        calls.push('end')
        return inner.end(...args)
      },
    }
    const { security, ended, events } = world({ store })
    const [old, id] = [freshId(), freshId()]
    const caller = await viaFetch(security)
    const before = await security.start({ id: old, subject: 'ada' })
    calls.length = 0
    await security.start({ id, subject: 'ada', replaces: old })
    expect(calls).toEqual(['end', 'create'])
    expect(ended).toEqual([{ id: old, subject: 'ada', reason: 'replaced' }])
    expect(events).toContainEqual(expect.objectContaining({ type: 'ended', reason: 'replaced' }))
    const answer = await page(caller, old).observe(before.session)
    expect(answer).toMatchObject({ status: 401, json: { reason: 'signed-out' } })
    expect((await page(caller, old).get()).json.reason).toBe('signed-out')
    expect((await page(caller, id).observe()).status).toBe(200)
  })

  test('needs no old session, and ends none where the new one cannot be', async () => {
    const { security, ended } = world()
    const [id, next] = [freshId(), freshId()]
    await security.start({ id, subject: 'ada', replaces: null })
    await expect(security.start({ id, subject: 'ada', replaces: id })).rejects.toThrow(
      'another one',
    )
    await expect(security.start({ id: '', subject: 'ada', replaces: id })).rejects.toThrow(
      'id must be a non-empty string, not an empty string',
    )
    await security.start({ id: next, subject: 'bob', replaces: freshId() })
    expect(ended).toEqual([])
    expect(await security.end({ id })).toEqual({ ended: true, confirmed: true })
    expect(await security.end({ id })).toEqual({ ended: false, confirmed: true })
  })
})

describe('a client that sends again what a broken connection may have lost', () => {
  /** As ioredis does. */
  function sendingTwice(): SessionStore {
    const inner = memoryStore()
    return {
      ...inner,
      async create(...args) {
        await inner.create(...args)
        return inner.create(...args)
      },
      // Redis renews in two steps: the end came to its answer, the creation is sent twice.
      async rotate(...args) {
        await inner.rotate(...args)
        return { renewed: false, ended: null }
      },
    }
  }

  test('has started the session that there is, and renewed it', async () => {
    const store = sendingTwice()
    const { security } = world({ store })
    const [id, to] = [freshId(), freshId()]
    expect(await security.start({ id, subject: 'ada' })).toMatchObject({ state: 'active' })
    expect(await security.rotate({ from: id, to })).toBe(true)
    expect((await store.look(keyOf(to))).state).toBe('active')
  })

  test('does not take over a session that was there before', async () => {
    const store = memoryStore()
    const { security } = world({ store })
    const [id, other] = [freshId(), freshId()]
    await security.start({ id, subject: 'ada' })
    await security.start({ id: other, subject: 'ada' })
    await expect(security.start({ id, subject: 'bob' })).rejects.toThrow('used before')
    await expect(security.start({ id, subject: 'ada' })).rejects.toThrow('used before')
    expect(await security.rotate({ from: other, to: id })).toBe(false)
    expect(await store.look(keyOf(id))).toMatchObject({ state: 'active', meta: { subject: 'ada' } })
  })
})

describe('a renewed session', () => {
  const renewedFrom = async (store: SessionStore, id: string) => {
    const found = await store.look(keyOf(id))
    return found.state === 'active' ? found.meta.renewedFrom?.map(({ key }) => key) : null
  }

  test('knows the keys that it had, for as long as tombstones are kept', async () => {
    let time = 0
    const store = memoryStore({ now: () => time, retainEnded: 60_000 })
    const { security } = world({ store })
    const ids = Array.from({ length: 4 }, freshId) as [string, string, string, string]
    const keys = ids.map(keyOf)
    await security.start({ id: ids[0], subject: 'ada' })
    expect(await renewedFrom(store, ids[0])).toBeUndefined()
    await security.rotate({ from: ids[0], to: ids[1] })
    time = 59_999
    await security.rotate({ from: ids[1], to: ids[2] })
    expect(await renewedFrom(store, ids[2])).toEqual([keys[0], keys[1]])
    time = 60_000
    await security.rotate({ from: ids[2], to: ids[3] })
    expect(await renewedFrom(store, ids[3])).toEqual([keys[1], keys[2]])
    const found = await store.look(keys[3] as string)
    expect(found).toMatchObject({ meta: { renewedFrom: [{ at: 59_999 }, { at: 60_000 }] } })
    expect(store.retainEnded).toBe(60_000)
  })

  test('keeps a record that stays small, however often it was renewed', async () => {
    const store = memoryStore()
    const { security } = world({ store })
    let id = freshId()
    await security.start({ id, subject: 'ada' })
    for (let i = 0; i < 100; i++) {
      const to = freshId()
      await security.rotate({ from: id, to })
      id = to
    }
    expect(await renewedFrom(store, id)).toHaveLength(32)
  })

  test('is not to be had under an id that was given up', async () => {
    const { security, pass } = world()
    const [from, to] = [freshId(), freshId()]
    await security.start({ id: from, subject: 'ada' })
    await security.rotate({ from, to })
    const again = () => security.start({ id: from, subject: 'ada' })
    await expect(again()).rejects.toThrow('fresh id')
    pass(10 * minute - 1)
    await expect(again()).rejects.toThrow('fresh id')
    expect((await page(await viaFetch(security), from).observe()).json.reason).toBe('unknown')
  })

  test('goes into a store that is full', async () => {
    const store = memoryStore({ maxSessions: 2 })
    const { security } = world({ store })
    const [one, other, to] = [freshId(), freshId(), freshId()]
    for (const id of [one, other]) await security.start({ id, subject: 'ada' })
    expect(await security.rotate({ from: one, to })).toBe(true)
    await expect(security.start({ id: freshId(), subject: 'ada' })).rejects.toThrow('full')
    expect(await renewedFrom(store, to)).toHaveLength(1)
  })
})

test.each([
  ['a NUL character', { subject: 'a\0b' }],
  ['half a surrogate pair', { subject: 'a\ud800' }],
  ['a NUL character in the data', { subject: 'ada', data: { deep: ['a\0b'] } }],
  ['a NUL character in a name in the data', { subject: 'ada', data: { 'a\0': 1 } }],
  ['data that is no JSON', { subject: 'ada', data: () => {} }],
])('start refuses %s, which not every store can keep', async (_what, given) => {
  const { security } = world()
  const message = /(subject|data) (must not contain a NUL character|must be plain JSON)/
  await expect(security.start({ id: freshId(), ...given })).rejects.toThrow(message)
})
