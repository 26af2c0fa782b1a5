import { afterEach, describe, expect, test } from 'vitest'
import { memoryStore, type Options } from '../../../server-reference/index.js'
import { createHandles, keyOf } from '../../../server-reference/session/handles.js'
import { type Caller, viaFetch, viaNode } from '../../support/servers/callers.js'
import { freshId, minute, page, world } from '../../support/servers/world.js'

describe.each([
  ['a web Request', viaFetch],
  ['a real Node server', viaNode],
])('the endpoint through %s', (_name, via) => {
  const callers: Caller[] = []
  afterEach(async () => {
    for (const caller of callers.splice(0)) await caller.close()
  })

  async function signedIn(options: Partial<Options> = {}, subject = 'ada') {
    const all = world(options)
    const caller = await via(all.security)
    callers.push(caller)
    const id = freshId()
    const { session } = await all.security.start({ id, subject })
    return { ...all, caller, id, session, tab: page(caller, id) }
  }

  test('describes a living session in whole milliseconds', async () => {
    const { tab, session, pass } = await signedIn()
    pass(minute)
    const answer = await tab.observe(session)
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({
      v: 1,
      state: 'active',
      at: 1_000_000 + minute,
      session,
      subject: expect.stringMatching(/^[\w-]{22}$/),
      idleMs: minute,
      remainingMs: 14 * minute,
      absoluteRemainingMs: 479 * minute,
      endsBy: 'idle',
      extendable: true,
      policy: {
        warnAfterMs: 13 * minute,
        expireAfterMs: 15 * minute,
        warnBeforeAbsoluteMs: 5 * minute,
      },
    })
    expect(answer.headers['content-type']).toBe('application/json')
  })

  test('lets a report move the end, and nothing else', async () => {
    const { tab, session, pass } = await signedIn()
    pass(10 * minute)
    await tab.get()
    await tab.observe(session)
    expect((await tab.observe(session)).json.idleMs).toBe(10 * minute)
    expect((await tab.report(2 * minute, session)).json.idleMs).toBe(2 * minute)
    expect((await tab.report(9 * minute, session)).json.idleMs).toBe(2 * minute)
  })

  test('never moves activity before the sign-in or past now', async () => {
    const { tab, session, pass } = await signedIn()
    pass(minute)
    expect((await tab.report(Number.MAX_SAFE_INTEGER, session)).json.idleMs).toBe(minute)
    expect((await tab.report(0, session)).json.idleMs).toBe(0)
  })

  test('says 401 and why once the idle limit is over, whatever is reported', async () => {
    const { tab, session, pass, ended, id } = await signedIn()
    pass(15 * minute)
    const answer = await tab.report(0, session)
    expect(answer.status).toBe(401)
    expect(answer.json).toMatchObject({
      v: 1,
      state: 'ended',
      status: 401,
      reason: 'idle',
      session,
    })
    expect(answer.json.type).toMatch(/\/session-ended$/)
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(answer.headers['www-authenticate']).toBe('Session realm="session-security"')
    expect((await tab.report(0, session)).json.reason).toBe('idle')
    expect(ended).toEqual([{ id, subject: 'ada', reason: 'idle' }])
  })

  test('ends by the absolute limit, which no report moves', async () => {
    const { tab, session, pass } = await signedIn()
    for (let i = 0; i < 47; i++) {
      pass(10 * minute)
      expect((await tab.report(0, session)).status).toBe(200)
    }
    const last = await tab.observe(session)
    expect(last.json).toMatchObject({
      endsBy: 'absolute',
      extendable: false,
      remainingMs: 10 * minute,
    })
    pass(10 * minute)
    expect((await tab.report(0, session)).json.reason).toBe('absolute')
  })

  test('GET writes nothing, not even the end that it tells', async () => {
    const { tab, session, pass, ended } = await signedIn()
    pass(15 * minute)
    expect((await tab.get()).json.reason).toBe('idle')
    expect(ended).toEqual([])
    await tab.observe(session)
    expect(ended).toHaveLength(1)
  })

  test('DELETE ends the session that is named, and again does no harm', async () => {
    const { tab, session, ended } = await signedIn()
    expect((await tab.signOut(session)).status).toBe(204)
    expect((await tab.signOut(session)).status).toBe(204)
    expect((await tab.observe(session)).json).toMatchObject({ reason: 'signed-out', session })
    expect(ended).toHaveLength(1)
  })

  test('signs out by POST as by DELETE, for networks that refuse DELETE', async () => {
    const clearCookie = ['sid=; Max-Age=0; Path=/', 'sid=; Max-Age=0; Path=/app']
    const { tab, session, ended, caller, id } = await signedIn({ clearCookie })
    const leave = (body: object) => tab.post('POST', { ...body, signOut: true })
    expect((await leave({})).status).toBe(200)
    expect((await leave({ session: 'another' })).json).toMatchObject({ state: 'active', session })
    const stays = await tab.post('POST', { session, signOut: false, idleForMs: 0 })
    expect(stays.status).toBe(200)
    const left = await leave({ session })
    expect(left.status).toBe(204)
    expect(left.headers['set-cookie']).toBe(clearCookie.join(','))
    expect(ended).toEqual([{ id, subject: 'ada', reason: 'signed-out' }])
    expect((await leave({ session })).status).toBe(204)
    expect((await page(caller, null).post('POST', { signOut: true })).status).toBe(204)
    expect((await tab.observe(session)).json.reason).toBe('signed-out')
  })

  test('refuses a sign-out that is no boolean, or that reports activity', async () => {
    const { tab, session } = await signedIn()
    for (const signOut of [1, 'true', null, {}])
      for (const method of ['POST', 'DELETE'])
        expect((await tab.post(method, { session, signOut })).json).toMatchObject({
          status: 400,
          pointer: '/signOut',
        })
    expect((await tab.post('POST', { session, signOut: true, idleForMs: 0 })).json).toMatchObject({
      status: 400,
      pointer: '/idleForMs',
    })
    expect((await tab.observe(session)).status).toBe(200)
  })

  test('counts sign-outs by POST and by DELETE in one bucket of their own', async () => {
    const { tab, session } = await signedIn({ rateLimit: { burst: 2, perSecond: 0.01 } })
    for (const _ of [1, 2, 3]) await tab.observe(session)
    expect((await tab.observe(session)).status).toBe(429)
    expect((await tab.signOut('another')).status).toBe(200)
    expect((await tab.post('POST', { session, signOut: true })).status).toBe(204)
    expect((await tab.signOut(session)).status).toBe(429)
  })

  describe('for a session whose id was renewed', () => {
    const former = ['the first key', 'the second key']

    /** As the stores write it down: who it was before, and when it was renewed. */
    async function renewed() {
      const retainEnded = 10 * minute
      let time = 1_000_000
      const store = memoryStore({ now: () => time, retainEnded })
      const secrets = ['a new secret of 32 bytes or more', 'an old secret of 32 bytes or more']
      const all = await signedIn({ store, secret: secrets })
      const key = keyOf(all.id)
      const found = await store.look(key)
      if (found.state === 'ended') throw new Error('No session')
      // In memory the record itself is looked at.
      const renewedFrom = former.map((one, i) => ({ key: one, at: time - i * minute }))
      Object.assign(found.meta, { renewedFrom })
      // The page learned its handle under the secret of that time.
      const by = new TextEncoder().encode(secrets[1])
      const handles = createHandles([by])
      const handleOf = (one: string) => handles.session(one, handles.current)
      const pass = (ms: number) => {
        time += ms
      }
      return { ...all, pass, handles: former.map(handleOf), stranger: handleOf('a third key') }
    }

    test('takes a report that names a former handle, and answers with the new one', async () => {
      const { tab, handles, session, stranger, pass } = await renewed()
      pass(5 * minute)
      for (const handle of handles) {
        expect((await tab.observe(handle)).json).toMatchObject({ session, idleMs: 5 * minute })
        expect((await tab.report(0, stranger)).json).toMatchObject({ idleMs: 5 * minute })
      }
      expect((await tab.report(0, handles[1] ?? '')).json).toMatchObject({ session, idleMs: 0 })
    })

    test.each(['DELETE', 'POST'])('ends by a %s that names a former handle', async (method) => {
      const { tab, handles, stranger, session, ended } = await renewed()
      const more = method === 'POST' ? { signOut: true } : {}
      expect((await tab.post(method, { session: stranger, ...more })).status).toBe(200)
      expect((await tab.post(method, { session: handles[1], ...more })).status).toBe(204)
      expect((await tab.observe(session)).json).toMatchObject({ reason: 'signed-out' })
      expect(ended).toHaveLength(1)
    })

    test.each(['DELETE', 'POST'])(
      'confirms no %s whose cookie was renewed on its way',
      async (method) => {
        const { tab, caller, security, id, session } = await signedIn()
        const signOut = { session, ...(method === 'POST' && { signOut: true }) }
        const to = freshId()
        await security.rotate({ from: id, to })
        expect((await tab.post(method, signOut)).status).toBe(503)

        const renewed = page(caller, to)
        expect((await renewed.observe(session)).status).toBe(200)
        expect((await renewed.post(method, signOut)).status).toBe(204)
        expect((await renewed.observe(session)).json).toMatchObject({ reason: 'signed-out' })
      },
    )

    test('confirms no sign-out under a former cookie, whichever handle it names', async () => {
      const { caller, security, id, session } = await signedIn()
      const [second, third] = [freshId(), freshId()]
      await security.rotate({ from: id, to: second })
      await security.rotate({ from: second, to: third })
      const late = page(caller, second)
      expect((await late.post('DELETE', { session })).status).toBe(503)
      expect((await late.post('DELETE', {})).status).toBe(503)
      expect(await security.end({ id: third })).toMatchObject({ ended: true })
    })

    test('forgets a former handle when it would forget an end', async () => {
      const { tab, handles, session, pass } = await renewed()
      pass(10 * minute - 1)
      expect((await tab.report(0, handles[0] ?? '')).json).toMatchObject({ idleMs: 0 })
      // The second was renewed a minute earlier.
      expect((await tab.signOut(handles[1])).status).toBe(200)
      pass(1)
      expect((await tab.signOut(handles[0])).json).toMatchObject({ state: 'active', session })
    })
  })

  test("neither prolongs nor ends the next person's session from a forgotten tab", async () => {
    const { tab, caller, security, pass } = await signedIn()
    const forgotten = (await tab.observe()).json.session as string
    const id = freshId()
    const bob = await security.start({ id, subject: 'bob' })
    const stale = page(caller, id)
    pass(5 * minute)
    expect((await stale.report(0, forgotten)).json).toMatchObject({
      session: bob.session,
      subject: bob.subject,
      idleMs: 5 * minute,
    })
    const refused = await stale.signOut(forgotten)
    expect(refused.status).toBe(200)
    expect(refused.json.session).toBe(bob.session)
    expect((await stale.observe()).json.idleMs).toBe(5 * minute)
  })

  test('only observes for a page that has no handle yet', async () => {
    const { tab, pass } = await signedIn()
    pass(5 * minute)
    expect((await tab.post('POST', { idleForMs: 0 })).json.idleMs).toBe(5 * minute)
    expect((await tab.signOut()).status).toBe(200)
    expect((await tab.observe()).status).toBe(200)
  })

  test('tells no stranger which of missing, malformed and never issued a session is', async () => {
    const { caller } = await signedIn()
    const answers = []
    for (const id of [null, '', 'never-issued', '%%%', 'x'.repeat(3_000)])
      answers.push(await page(caller, id).observe())
    for (const { status, text, headers } of answers) {
      expect(status).toBe(401)
      expect(text).toBe(answers[0]?.text)
      expect({ ...headers, date: '' }).toEqual({ ...answers[0]?.headers, date: '' })
    }
    expect(answers[0]?.json).toMatchObject({ reason: 'unknown' })
    expect(answers[0]?.json).not.toHaveProperty('session')
    expect((await page(caller, null).signOut()).status).toBe(204)
  })

  test('puts the protective headers on every answer, and a cookie on none but a sign-out', async () => {
    const clearCookie = 'sid=; Max-Age=0; Path=/; HttpOnly'
    const { tab, session, caller } = await signedIn({ clearCookie })
    const answers = [
      await tab.get(),
      await tab.observe(session),
      await page(caller, null).observe(),
      await tab.post('POST', { idleForMs: -1 }),
      await caller.ask({ method: 'PUT' }),
      await caller.ask({ method: 'GET', headers: { 'sec-fetch-site': 'cross-site' } }),
    ]
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      })
      for (const name of ['etag', 'set-cookie', 'clear-site-data', 'access-control-allow-origin'])
        expect(headers).not.toHaveProperty(name)
    }
    expect((await tab.signOut(session)).headers['set-cookie']).toBe(clearCookie)
    expect((await page(caller, null).signOut()).headers).not.toHaveProperty('set-cookie')
  })

  test('knows three methods', async () => {
    const { caller, id } = await signedIn()
    for (const method of ['PUT', 'PATCH', 'HEAD', 'OPTIONS']) {
      const headers = { 'sec-fetch-site': 'same-origin', cookie: `sid=${id}` }
      const answer = await caller.ask({ method, headers })
      expect([method, answer.status]).toEqual([method, 405])
      expect(answer.headers.allow).toBe('GET, POST, DELETE')
    }
  })
})
