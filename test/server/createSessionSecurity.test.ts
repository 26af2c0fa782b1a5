import { describe, expect, test, vi } from 'vitest'
import {
  memoryStore,
  type Options,
  presets,
  type SessionEvent,
  type SessionStore,
} from '../../server-reference/index.js'
import { viaFetch } from '../support/servers/callers.js'
import { freshId, minute, page, policy, world } from '../support/servers/world.js'

describe('policies', () => {
  test('may have an idle limit, an absolute one, or both', async () => {
    const idleOnly = world({ policy: { ...policy, absoluteTimeout: null } })
    expect(await idleOnly.security.start({ id: freshId(), subject: 'ada' })).toMatchObject({
      absoluteRemainingMs: null,
      endsBy: 'idle',
      extendable: true,
      policy: { warnBeforeAbsoluteMs: null },
    })
    const absoluteOnly = world({ policy: { absoluteTimeout: 60 * minute } })
    expect(await absoluteOnly.security.start({ id: freshId(), subject: 'ada' })).toMatchObject({
      idleMs: null,
      remainingMs: 60 * minute,
      endsBy: 'absolute',
      extendable: false,
      policy: { warnAfterMs: null, expireAfterMs: null, warnBeforeAbsoluteMs: 5 * minute },
    })
  })

  test('comes as presets from the standards', () => {
    for (const preset of Object.values(presets))
      expect(() => world({ policy: preset })).not.toThrow()
    expect(presets['nist-aal3']).toMatchObject({
      expireAfter: 15 * minute,
      absoluteTimeout: 12 * 60 * minute,
    })
    expect(Object.keys(presets)).toEqual(['nist-aal2', 'nist-aal3', 'pci', 'owasp-high'])
  })

  test('may be worked out for each session, from who it is', async () => {
    const asked: unknown[] = []
    const { security } = world({
      policy: async (session) => {
        asked.push(session)
        const { role } = session.data as { role: string }
        return {
          ...policy,
          ...(role === 'admin' && { warnAfter: minute, expireAfter: 5 * minute }),
        }
      },
    })
    const id = freshId()
    const { session } = await security.start({ id, subject: 'ada', data: { role: 'admin' } })
    const tab = page(await viaFetch(security), id)
    expect((await tab.observe(session)).json).toMatchObject({ remainingMs: 5 * minute })
    expect((await tab.get()).json).toMatchObject({ remainingMs: 5 * minute })
    expect(asked[0]).toEqual({ handle: session, subject: 'ada', data: { role: 'admin' } })
  })

  test('does not revive by growing after the end, nor by shrinking and growing again', async () => {
    let own = policy
    const { security, pass } = world({ policy: () => own })
    const [first, second] = [freshId(), freshId()]
    const caller = await viaFetch(security)
    const one = await security.start({ id: first, subject: 'ada' })
    pass(10 * minute)
    const two = await security.start({ id: second, subject: 'ada' })
    pass(5 * minute)
    own = { ...policy, expireAfter: 60 * minute }
    expect((await page(caller, first).report(0, one.session)).json.reason).toBe('idle')
    own = { ...policy, warnAfter: minute, expireAfter: 2 * minute }
    expect((await page(caller, second).observe(two.session)).json.reason).toBe('idle')
    own = policy
    expect((await page(caller, second).report(0, two.session)).json.reason).toBe('idle')
  })

  test('reaches a page with its next answer', async () => {
    let own = policy
    const { security } = world({ policy: () => own })
    const id = freshId()
    const { session } = await security.start({ id, subject: 'ada' })
    const tab = page(await viaFetch(security), id)
    own = { ...policy, expireAfter: 20 * minute }
    expect((await tab.observe(session)).json.remainingMs).toBe(20 * minute)
    expect((await tab.observe(session)).json.policy).toMatchObject({ expireAfterMs: 20 * minute })
  })

  test('starts nothing where the callback gives nonsense, and says what', async () => {
    const { security, events } = world({ policy: () => ({ absoluteTimeout: -1 }) })
    await expect(security.start({ id: freshId(), subject: 'ada' })).rejects.toThrow(
      /absoluteTimeout: .*-1/,
    )
    expect(events).toEqual([])
  })
})

describe('a session’s life', () => {
  test('starts with a fresh id only', async () => {
    const { security } = world()
    const id = freshId()
    await security.start({ id, subject: 'ada' })
    await expect(security.start({ id, subject: 'bob' })).rejects.toThrow('fresh id')
    await security.end({ id })
    await expect(security.start({ id, subject: 'ada' })).rejects.toThrow('fresh id')
    await expect(security.start({ id: '', subject: 'ada' })).rejects.toThrow('id must be')
    await expect(security.start({ id: freshId(), subject: 5 as never })).rejects.toThrow(
      'subject must be',
    )
  })

  test('keeps its age and idleness when the id is renewed, and the old id is over', async () => {
    const { security, pass } = world()
    const caller = await viaFetch(security)
    const [from, to] = [freshId(), freshId()]
    const before = await security.start({ id: from, subject: 'ada' })
    pass(5 * minute)
    expect(await security.rotate({ from, to })).toBe(true)
    const { json } = await page(caller, to).observe()
    expect(json).toMatchObject({
      idleMs: 5 * minute,
      absoluteRemainingMs: 475 * minute,
      subject: before.subject,
    })
    expect(json.session).not.toBe(before.session)
    // So that a page whose request was under way asks once more, with the new cookie.
    expect((await page(caller, from).observe()).json.reason).toBe('unknown')
  })

  test('makes one session of two renewals at once, and none of a dead one', async () => {
    const { security } = world()
    const from = freshId()
    await security.start({ id: from, subject: 'ada' })
    const results = await Promise.all([0, 1].map(() => security.rotate({ from, to: freshId() })))
    expect(results.sort()).toEqual([false, true])
    expect(await security.rotate({ from, to: freshId() })).toBe(false)
  })

  test('ends everywhere for one person, and for nobody else', async () => {
    const { security, ended } = world()
    const ids = [freshId(), freshId(), freshId()]
    for (const [i, id] of ids.entries())
      await security.start({ id, subject: i < 2 ? 'ada' : 'bob' })
    expect(await security.endSubject('ada')).toEqual({ ended: 2, confirmed: true })
    const caller = await viaFetch(security)
    const answers = await Promise.all(ids.map((id) => page(caller, id).observe()))
    expect(answers.map(({ json }) => json.reason ?? json.state)).toEqual([
      'revoked',
      'revoked',
      'active',
    ])
    expect(ended).toHaveLength(2)
  })

  test('is told to onEnd by the sweep where nobody asks', async () => {
    vi.useFakeTimers()
    try {
      const { security, ended, pass } = world({ sweepEvery: 1_000 })
      const id = freshId()
      await security.start({ id, subject: 'ada' })
      pass(15 * minute)
      await vi.advanceTimersByTimeAsync(1_000)
      expect(ended).toEqual([{ id, subject: 'ada', reason: 'idle' }])
      security.close()
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  test('is told to the audit log without a word that is secret', async () => {
    const { security, events } = world()
    const id = freshId()
    const { session } = await security.start({ id, subject: 'ada', data: { role: 'clerk' } })
    await page(await viaFetch(security), id).signOut(session)
    const about = { handle: session, subject: 'ada', data: { role: 'clerk' } }
    expect(events).toEqual([
      { type: 'started', session: about },
      { type: 'ended', session: about, reason: 'signed-out', confirmed: true },
    ])
    expect(JSON.stringify(events)).not.toContain(id)
  })
})

describe('handles', () => {
  const [older, newer] = [
    'an older secret of 32 bytes or more!',
    'a newer secret of 32 bytes or more!',
  ]

  test('are the same in every process that has the secret, and in no other', async () => {
    const store = memoryStore()
    const id = freshId()
    const one = world({ store, secret: older })
    const answer = await one.security.start({ id, subject: 'ada' })
    const again = await page(await viaFetch(world({ store, secret: older }).security), id).observe()
    expect(again.json).toMatchObject({ session: answer.session, subject: answer.subject })
    const other = await page(await viaFetch(world({ store, secret: newer }).security), id).observe()
    expect(other.json.session).not.toBe(answer.session)
  })

  test('stay what they were for a session that lives when the secret is rotated', async () => {
    const store = memoryStore()
    const id = freshId()
    const { session, subject } = await world({ store, secret: older }).security.start({
      id,
      subject: 'ada',
    })
    const rotated = world({ store, secret: [newer, older] })
    const tab = page(await viaFetch(rotated.security), id)
    expect((await tab.report(0, session)).json).toMatchObject({
      session,
      subject,
      idleMs: expect.any(Number),
    })
    expect((await tab.signOut(session)).status).toBe(204)
    expect((await tab.observe()).json.session).toBe(session)
  })

  test('say nothing about the id, and are not the store’s key', async () => {
    const keys: string[] = []
    const inner = memoryStore()
    const store: SessionStore = {
      ...inner,
      create: (key, ...rest) => {
        keys.push(key)
        return inner.create(key, ...rest)
      },
    }
    const { security } = world({ store })
    const { session } = await security.start({ id: 'a-session-id', subject: 'ada' })
    expect(session).toMatch(/^[\w-]{22}$/)
    expect(keys[0]).not.toContain('a-session-id')
    expect(keys[0]).not.toContain(session)
  })
})

describe('others that fail', () => {
  const never = () => new Promise<never>(() => {})

  test.each<[string, Partial<Options>]>([
    ['resolve hangs', { resolve: never }],
    ['resolve throws', { resolve: () => Promise.reject(new Error('down')) }],
    ['verifyCsrf hangs', { verifyCsrf: never }],
    ['the policy hangs', { policy: never }],
  ])('answers 503 within the limit where %s', async (_what, options) => {
    const store = memoryStore()
    const id = freshId()
    await world({ store }).security.start({ id, subject: 'ada' })
    const { security, events } = world({ store, timeLimit: 50, ...options })
    const start = performance.now()
    const answer = await page(await viaFetch(security), id).observe()
    expect(answer.status).toBe(503)
    expect(answer.headers['retry-after']).toBe('1')
    expect(performance.now() - start).toBeLessThan(250)
    expect(events.map(({ type }) => type)).toContain('store-down')
  })

  test('gives a generic 500 for a bug, and tells the audit log alone what it was', async () => {
    const { security, events } = world()
    const answer = await security.plain.endpoint({
      method: 'POST',
      url: '/',
      headers: {
        get: (name) =>
          ({ 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' })[name] ?? null,
      },
      readBody: () => {
        throw new Error('a detail for nobody')
      },
    })
    expect(answer.status).toBe(500)
    expect(answer.body).not.toContain('detail')
    expect(events).toEqual([
      { type: 'failed', error: expect.objectContaining({ message: 'a detail for nobody' }) },
    ])
  })

  test('refuses with 403 where the app’s own token check says no', async () => {
    const { security } = world({ verifyCsrf: ({ headers }) => headers.get('x-token') === 'good' })
    const id = freshId()
    const { session } = await security.start({ id, subject: 'ada' })
    const caller = await viaFetch(security)
    expect((await page(caller, id).signOut(session)).status).toBe(403)
    expect((await page(caller, id).get()).status).toBe(200)
    expect((await page(caller, id, { 'x-token': 'good' }).observe()).status).toBe(200)
  })

  test('lets no callback that throws disturb a request', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const events: SessionEvent[] = []
    const { security } = world({
      onEnd: () => {
        throw new Error('onEnd')
      },
      onEvent: async (event) => {
        events.push(event)
        if (event.type === 'started') throw new Error('onEvent')
      },
    })
    const id = freshId()
    const { session } = await security.start({ id, subject: 'ada' })
    expect((await page(await viaFetch(security), id).signOut(session)).status).toBe(204)
    await expect.poll(() => events.map(({ type }) => type)).toEqual(['started', 'ended', 'failed'])
    expect(warn).toHaveBeenCalledWith('session-security: onEvent')
    warn.mockRestore()
  })
})
