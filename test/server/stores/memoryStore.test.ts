import { describe, expect, test, vi } from 'vitest'
import { memoryStore, type SessionStore } from '../../../server-reference/index.js'
import type { Found } from '../../../server-reference/stores/store.js'
import { mistakesOf } from '../../support/servers/mistakesOf.js'
import { storeContract } from '../../support/servers/storeContract.js'

storeContract('the memory store', async () => memoryStore())

const limits = { expireAfter: 1_000, absolute: null }
/** None of its functions gives a promise. */
type AtOnce = {
  [Name in keyof SessionStore]-?: SessionStore[Name] extends infer Member
    ? NonNullable<Member> extends (...args: infer Args) => infer Result
      ? (...args: Args) => Exclude<Result, PromiseLike<unknown>>
      : Member
    : never
}

const isKnown = (found: Found) => found.state === 'active' || found.reason !== 'unknown'

const meta = { subject: 'ada', secretId: 'k', sealedId: 's' }

describe('the memory store, beyond the contract', () => {
  function store(options: { maxSessions?: number; retainEnded?: number } = {}) {
    let time = 0
    const made = memoryStore({ now: () => time, ...options }) as AtOnce
    const sessions = Array.from({ length: 20 }, (_, i) => `session ${i}`)
    return {
      ...made,
      /** How many of these have left a record or a tombstone. */
      known: (keys = sessions) => keys.filter((key) => isKnown(made.look(key))).length,
      at: (moment: number) => {
        time = moment
      },
    }
  }

  test('forgets the reason of an end after its time', () => {
    const { create, end, look, at } = store({ retainEnded: 500 })
    create('a', limits, meta)
    end('a', 'revoked')
    at(499)
    expect(look('a')).toMatchObject({ reason: 'revoked' })
    at(500)
    expect(look('a')).toMatchObject({ reason: 'unknown', meta: null })
  })

  test('drops tombstones rather than refuse a session, and refuses rather than drop a session', () => {
    const { create, end, look } = store({ maxSessions: 3 })
    for (const key of ['a', 'b', 'c']) create(key, limits, meta)
    expect(() => create('d', limits, meta)).toThrow(/^memoryStore\(\) is full: 3 sessions$/)
    end('b', 'revoked')
    expect(create('d', limits, meta)).toBe(0)
    for (const key of ['a', 'c', 'd']) expect(look(key)).toMatchObject({ state: 'active' })
    expect(look('b')).toMatchObject({ reason: 'unknown' })
  })

  test('drops no more tombstones than it needs the room of', () => {
    const { create, end, known } = store({ maxSessions: 20 })
    for (let i = 0; i < 20; i++) create(`session ${i}`, limits, meta)
    for (let i = 0; i < 20; i++) end(`session ${i}`, 'revoked')
    create('another', limits, meta)
    expect(known()).toBe(19)
  })

  test('renews a session where it is full, and drops nothing but the old key for it', () => {
    const { create, end, look, rotate, known } = store({ maxSessions: 20 })
    for (let i = 0; i < 20; i++) create(`session ${i}`, limits, meta)
    for (let i = 1; i < 20; i++) end(`session ${i}`, 'revoked')
    expect(rotate('session 0', 'another', meta)).toEqual({ renewed: true, ended: null })
    expect(look('another')).toMatchObject({ state: 'active' })
    expect(known()).toBe(19)
  })

  test('meets every end in sweeps that are brief, however many sessions there are', () => {
    const { create, at, sweep } = store()
    for (let i = 0; i < 10_000; i++) create(`session ${i}`, limits, meta)
    at(1_000)
    const met = new Set<string>()
    for (let i = 0; i < 5; i++) {
      const part = sweep() ?? []
      expect(part.length).toBeLessThan(3_000)
      for (const { key } of part) met.add(key)
    }
    expect(met.size).toBe(10_000)
  })

  test('tells in no sweep of an end that was met before', () => {
    const { create, end, at, sweep, look } = store()
    create('a', limits, meta)
    end('a', 'signed-out')
    at(1_000)
    expect(sweep()).toEqual([])
    expect(look('a')).toMatchObject({ reason: 'signed-out' })
  })

  test('forgets in a sweep the tombstones that are past their time, and only those', () => {
    const { create, end, at, sweep, look } = store({ retainEnded: 500, maxSessions: 21 })
    for (let i = 0; i < 20; i++) create(`session ${i}`, limits, meta)
    create('kept', limits, meta)
    for (let i = 0; i < 20; i++) end(`session ${i}`, 'revoked')
    at(1)
    end('kept', 'revoked')
    at(500)
    sweep()
    // There is room for these without it.
    for (let i = 0; i < 20; i++) create(`later ${i}`, limits, meta)
    expect(look('kept')).toMatchObject({ reason: 'revoked' })
  })

  test('gives a session that was renewed the time that it had left', () => {
    const { create, rotate, look, at } = store()
    create('a', limits, meta)
    at(400)
    rotate('a', 'b', meta)
    at(999)
    expect(look('b')).toMatchObject({ state: 'active', at: 999, idle: 999, age: 999 })
    at(1_000)
    expect(look('b')).toMatchObject({ reason: 'idle' })
  })

  describe('signs a subject out in parts', () => {
    test('and leaves alone what starts in between, but not what is renewed in between', () => {
      const { create, rotate, endSubject, look, at } = store()
      for (let i = 0; i < 251; i++) create(`session ${i}`, limits, meta)
      const first = endSubject('ada', 'revoked')
      expect(first).toMatchObject({ confirmed: true, next: expect.any(Number) })
      expect(first.ended).toHaveLength(250)
      at(1)
      create('later', limits, meta)
      const left = Array.from({ length: 251 }, (_, i) => `session ${i}`).filter(
        (key) => look(key).state === 'active',
      )
      rotate(left[0] ?? '', 'renewed', meta)
      expect(endSubject('ada', 'revoked', first.next)).toEqual({
        confirmed: true,
        ended: [{ key: 'renewed', reason: 'revoked', meta }],
        next: null,
      })
      expect(look('later')).toMatchObject({ state: 'active' })
    })

    test('and is done where the last part was full', () => {
      const { create, endSubject } = store()
      for (let i = 0; i < 250; i++) create(`session ${i}`, limits, meta)
      const { next } = endSubject('ada', 'revoked')
      expect(endSubject('ada', 'revoked', next)).toMatchObject({ ended: [], next: null })
    })
  })

  test('tells at the next sweep of the ends that it met while it made room', () => {
    const { create, at, sweep } = store({ maxSessions: 1 })
    create('a', limits, meta)
    at(1_000)
    create('b', limits, meta)
    expect(sweep()).toEqual([{ key: 'a', reason: 'idle', meta }])
  })

  test('is of this process alone', () => {
    expect(store().shared).toBe(false)
  })

  test('answers at once, without a promise', () => {
    const { create, touch } = store()
    create('a', limits, meta)
    expect(touch('a', null, 0)).toMatchObject({ state: 'active' })
  })

  test('warns in production, and nowhere else, that it is not shared', () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    memoryStore()
    expect(warn).not.toHaveBeenCalled()
    vi.stubEnv('NODE_ENV', 'production')
    memoryStore()
    vi.unstubAllEnvs()
    expect(warn.mock.calls).toEqual([
      ['session-security: memoryStore() keeps sessions in this process only.'],
    ])
    warn.mockRestore()
  })

  test.each([
    [{ maxSession: 5 }, 'maxSession: is not an option (did you mean "maxSessions"?); received 5'],
    [{ retainEnde: 5 }, 'retainEnde: is not an option (did you mean "retainEnded"?); received 5'],
    [{ noww: 5 }, 'noww: is not an option (did you mean "now"?); received 5'],
    [{ maxSessions: 0 }, 'maxSessions: must be a whole number of at least 1; received 0'],
    [
      { retainEnded: 1.5 },
      'retainEnded: must be a time in whole milliseconds, more than 0; received 1.5',
    ],
    [{ now: 5 }, 'now: must be a function; received 5'],
    [
      { maxSessions: -1, now: null },
      'maxSessions: must be a whole number of at least 1; received -1',
      'now: must be a function; received null',
    ],
  ])('names every mistake in its options: %o', (wrong, ...mistakes) => {
    expect(mistakesOf(() => memoryStore(wrong as object))).toEqual(mistakes)
  })

  test('takes the smallest numbers that make sense', () => {
    expect(mistakesOf(() => memoryStore({ maxSessions: 1, retainEnded: 1 }))).toEqual([])
  })
})
