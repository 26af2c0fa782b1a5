import { describe, expect, test } from 'vitest'
import { memoryStore, type Options, type RequestOptions } from '../../../server-reference/index.js'
import { viaFetch } from '../../support/servers/callers.js'
import { freshId, minute, page, world } from '../../support/servers/world.js'

async function signedIn(options: Partial<Options> = {}) {
  const all = world(options)
  const id = freshId()
  const { session } = await all.security.start({ id, subject: 'ada' })
  const visit = (path = '/cases', headers: Record<string, string> = {}, method = 'GET') =>
    all.security.guard(
      new Request(`http://app.example${path}`, {
        method,
        headers: { cookie: `sid=${id}`, ...headers },
      }),
    )
  const idle = async () =>
    (await page(await viaFetch(all.security), id).observe(session)).json.idleMs
  return { ...all, id, session, visit, idle }
}

describe('the guard', () => {
  test('lets a living session pass, with its deadline for the page', async () => {
    const { visit, pass, session } = await signedIn()
    pass(1_234)
    const { response, headers, active } = await visit()
    expect(response).toBeNull()
    expect(headers).toEqual({
      'Cache-Control': 'no-store',
      'Session-At': '1001234',
      'Session-Expires-In': '898.7',
      'Session-Idle': '1.3',
      'Session-Handle': session,
      'Session-Subject': active?.subject,
    })
    expect(active?.subject).toMatch(/^[\w-]{22}$/)
    expect(active).toMatchObject({ state: 'active', session, remainingMs: 898_766 })
  })

  test('counts nothing', async () => {
    const { visit, pass, idle } = await signedIn()
    pass(minute)
    for (let i = 0; i < 10; i++) await visit()
    expect(await idle()).toBe(minute)
  })

  test('gives 401 to what fetches, and meets the end', async () => {
    const { visit, pass, ended } = await signedIn({ signIn: '/sign-in' })
    pass(15 * minute)
    const { response, headers, active } = await visit('/api', { 'sec-fetch-mode': 'cors' })
    expect(response?.status).toBe(401)
    expect(await response?.json()).toMatchObject({ state: 'ended', reason: 'idle' })
    expect({ headers, active }).toEqual({ headers: {}, active: null })
    expect(ended).toMatchObject([{ reason: 'idle' }])
  })

  test('sends a navigation to the sign-in page, with the way back', async () => {
    const { visit, pass } = await signedIn({ signIn: '/sign-in?by=guard' })
    pass(15 * minute)
    const { response } = await visit('/cases?open=1&x=ü', { 'sec-fetch-mode': 'navigate' })
    expect(response?.status).toBe(303)
    const location = new URL(response?.headers.get('location') ?? '', 'http://app.example')
    expect(location.pathname).toBe('/sign-in')
    expect(location.searchParams.get('returnTo')).toBe('/cases?open=1&x=%C3%BC')
    const old = await visit('/', { accept: 'text/html,*/*' })
    expect(old.response?.status).toBe(303)
    const form = await visit('/cases', { 'sec-fetch-mode': 'navigate' }, 'POST')
    expect(form.response?.headers.get('location')).toBe('/sign-in?by=guard')
  })

  test('knows a navigation without Sec-Fetch-Mode by its method and what it accepts', async () => {
    const { visit, pass } = await signedIn({ signIn: '/sign-in' })
    pass(15 * minute)
    const html = { accept: 'text/html,application/xhtml+xml' }
    expect((await visit('/cases', html)).response?.status).toBe(303)
    expect((await visit('/cases', html, 'POST')).response?.status).toBe(401)
    expect((await visit('/cases', { accept: 'application/json' })).response?.status).toBe(401)
    expect((await visit('/cases')).response?.status).toBe(401)
    const fetched = { ...html, 'sec-fetch-mode': 'cors' }
    expect((await visit('/cases', fetched)).response?.status).toBe(401)
  })

  test('names the person whom the way back is for, where it knows', async () => {
    const { visit, pass, security } = await signedIn({ signIn: '/sign-in#form' })
    const { active } = await visit()
    pass(15 * minute)
    const navigation = { 'sec-fetch-mode': 'navigate' }
    const { response } = await visit('/cases?x=1', navigation)
    expect(response?.headers.get('location')).toBe(
      `/sign-in?returnTo=%2Fcases%3Fx%3D1&returnFor=${active?.subject}#form`,
    )
    const stranger = await security.guard(
      new Request('http://app.example/cases', { headers: navigation }),
    )
    expect(stranger.response?.headers.get('location')).toBe('/sign-in?returnTo=%2Fcases#form')
  })

  test('knows no way back after a sign-out', async () => {
    const { visit, security, id } = await signedIn({ signIn: '/sign-in' })
    await security.end({ id })
    const { response } = await visit('/cases', { 'sec-fetch-mode': 'navigate' })
    expect(response?.headers.get('location')).toBe('/sign-in')
  })

  test('never leads to another site', async () => {
    const { security } = world({ signIn: '/sign-in' })
    for (const url of [
      '//evil.example/x',
      '/\\evil.example/x',
      'http://app.example//evil.example/x',
    ]) {
      const { answer } = await security.plain.guard({
        method: 'GET',
        url,
        headers: { get: (name) => (name === 'sec-fetch-mode' ? 'navigate' : null) },
      })
      expect(answer?.headers.Location).toBe('/sign-in?returnTo=%2Fevil.example%2Fx')
    }
  })

  test('asks the app where to send', async () => {
    const { visit, pass } = await signedIn({
      signIn: ({ returnTo, returnFor, reason }) => `/in?${returnTo}&${returnFor}&${reason}&ü\r`,
    })
    const { active } = await visit()
    pass(15 * minute)
    const { response } = await visit('/x', { 'sec-fetch-mode': 'navigate' })
    expect(response?.headers.get('location')).toBe(`/in?/x&${active?.subject}&idle&%C3%BC%0D`)
  })

  test('closes where the store is down, or the cookies contradict each other', async () => {
    const store = memoryStore()
    const down = await signedIn({ store })
    store.look = () => Promise.reject(new Error('down'))
    expect((await down.visit()).response?.status).toBe(503)
    expect(down.events).toContainEqual({
      type: 'store-down',
      error: expect.objectContaining({ message: 'down' }),
    })
    const { visit, id } = await signedIn()
    expect((await visit('/', { cookie: `sid=${id}; sid=x` })).response?.status).toBe(400)
    expect((await visit('/', { cookie: '' })).response?.status).toBe(401)
  })
})

describe('a page that shows another person', () => {
  test('is refused with 409, and nothing is counted', async () => {
    const options = { requests: { countAs: 'activity', writeGrace: 0 } } as const
    const { visit, pass, idle, security, events } = await signedIn(options)
    const bob = await security.start({ id: freshId(), subject: 'bob' })
    pass(minute)
    events.length = 0
    const { response, headers } = await visit('/cases', { 'session-subject': bob.subject }, 'POST')
    expect(response?.status).toBe(409)
    const body = await response?.json()
    expect(body).toEqual({
      type: 'tag:react-session-security,2026:/another-person',
      title: 'Another person',
      status: 409,
      detail: expect.stringContaining('another person'),
    })
    expect(headers).toEqual({})
    expect(events).toEqual([
      {
        type: 'refused',
        status: 409,
        method: 'POST',
        rule: 'another-person',
        detail: (body as { detail: string }).detail,
      },
    ])
    for (const wrong of ['', 'x', `${bob.subject}, ${bob.subject}`])
      expect((await visit('/', { 'session-subject': wrong })).response?.status).toBe(409)
    expect(await idle()).toBe(minute)
  })

  test('passes with its own, also one made with an older secret', async () => {
    const store = memoryStore()
    const [old, newer] = ['an old secret of 32 bytes or more', 'a new secret of 32 bytes or more']
    const before = await signedIn({ store, secret: old })
    const subject = (await before.visit()).active?.subject ?? ''
    const after = world({ store, secret: [newer, old] })
    const headers = { cookie: `sid=${before.id}`, 'session-subject': subject }
    const guarded = await after.security.guard(new Request('http://app.example/', { headers }))
    expect(guarded.response).toBeNull()
  })

  test('is told of the end of a session first', async () => {
    const { visit, pass } = await signedIn()
    pass(15 * minute)
    expect((await visit('/', { 'session-subject': 'x' })).response?.status).toBe(401)
  })
})

describe('the id that the app loaded', () => {
  test('has to be the one that the guard found', async () => {
    const { security, id, events } = await signedIn()
    const request = new Request('http://app.example/', { headers: { cookie: `sid=${id}` } })
    expect((await security.guard(request, { loadedId: id })).response).toBeNull()
    expect((await security.guard(request, { loadedId: async () => id })).response).toBeNull()
    expect((await security.guard(request, {})).response).toBeNull()
    for (const loadedId of ['another', '', null, undefined, async () => 'another']) {
      events.length = 0
      const { response } = await security.guard(request, { loadedId })
      expect(response?.status).toBe(401)
      expect(await response?.json()).toMatchObject({ reason: 'unknown' })
      expect(events).toMatchObject([{ type: 'refused', status: 401, rule: 'loaded-id' }])
    }
  })

  test('that can not be told closes the route', async () => {
    const { security, id, events } = await signedIn()
    const request = new Request('http://app.example/', { headers: { cookie: `sid=${id}` } })
    const loadedId = () => Promise.reject(new Error('no session here'))
    expect((await security.guard(request, { loadedId })).response?.status).toBe(503)
    expect(events).toMatchObject([{ type: 'started' }, { type: 'store-down' }])
  })
})

describe('an answer of a guarded route', () => {
  test('gets the session and stays out of caches, whatever the route says', async () => {
    const { visit } = await signedIn()
    const guarded = await visit()
    const caching = {
      'Cache-Control': 'private, max-age=60',
      'CDN-Cache-Control': 'max-age=60',
      'Surrogate-Control': 'max-age=60',
      'X-Accel-Expires': '60',
      'X-LiteSpeed-Cache-Control': 'public,max-age=60',
      'Edge-Control': '!no-store,max-age=60',
      'Session-At': '1',
    }
    for (const own of [
      new Response('x', { headers: caching, status: 201 }),
      Response.json({}, { headers: caching }),
      Response.redirect('http://app.example/x'),
      new Response(null, { status: 204 }),
    ]) {
      const { status } = own
      const answer = guarded.protect(own)
      expect(answer.status).toBe(status)
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'cache-control': 'no-store',
        'session-at': guarded.headers['Session-At'],
        'session-handle': guarded.headers['Session-Handle'],
      })
      expect(answer.headers.has('cdn-cache-control')).toBe(false)
      for (const name of ['surrogate-control', 'x-accel-expires', 'x-litespeed-cache-control'])
        expect(answer.headers.has(name)).toBe(false)
      expect(answer.headers.has('edge-control')).toBe(false)
    }
    const broken = Response.error()
    expect(guarded.protect(broken)).toBe(broken)
  })

  test('is not given where the session is over', async () => {
    const { visit, pass } = await signedIn()
    pass(15 * minute)
    const guarded = await visit()
    expect(guarded.protect(new Response('secret'))).toBe(guarded.response)
  })
})

describe('requests that count as activity', () => {
  const counting = (more: Partial<RequestOptions> = {}) =>
    signedIn({ requests: { countAs: 'activity', ...more } })

  test('move the end', async () => {
    const { visit, pass, idle } = await counting()
    pass(minute)
    const { headers } = await visit()
    expect(headers['Session-Idle']).toBe('0.0')
    expect(await idle()).toBe(0)
  })

  test('do not where the route is listed, by path, pattern or function', async () => {
    const { visit, pass, idle } = await counting({
      passive: ['/poll', /^\/live\//g, ({ headers }) => headers.get('x-from') === 'timer'],
    })
    pass(minute)
    for (let i = 0; i < 2; i++) {
      await visit('/poll?x=1')
      await visit('/live/cases')
      await visit('/cases', { 'x-from': 'timer' })
    }
    expect(await idle()).toBe(minute)
    await visit('/polls')
    expect(await idle()).toBe(0)
  })

  test('do not where a listed route is written in another way', async () => {
    const { security, id, pass, idle } = await counting({ passive: ['/poll', /^\/live\/\d+$/] })
    pass(minute)
    const headers = new Map([['cookie', `sid=${id}`]])
    const visit = (url: string) =>
      security.plain.guard({ method: 'GET', url, headers: { get: (n) => headers.get(n) ?? null } })
    for (const url of [
      ...['/%70oll', '/%70%6F%6C%6C?x=1', '//poll', '/x/../poll', '/./poll', '/poll/', '/Poll'],
      ...['/poll;a=b', '/poll#x', 'http://app.example/%70oll', '/x/%2e%2e/poll', '\\poll'],
      ...['/live/5', '/live/%35', '//live//5', '/%E0%A4%A'],
    ]) {
      expect((await visit(url)).answer, url).toBeNull()
      expect(await idle(), url).toBe(minute)
    }
    await visit('/poll/5')
    expect(await idle()).toBe(0)
  })

  test('do not where the browser loads ahead, or one of two headers says passive', async () => {
    const { visit, pass, idle } = await counting()
    pass(minute)
    await visit('/cases', { 'x-session-passive': '1, 1' })
    await visit('/cases', { 'x-session-passive': '0, 1' })
    await visit('/cases', { 'sec-purpose': 'prefetch' })
    await visit('/cases', { 'sec-purpose': 'prefetch;prerender' })
    await visit('/cases', { purpose: 'prefetch' })
    expect(await idle()).toBe(minute)
    await visit('/cases', { 'x-session-passive': '0' })
    expect(await idle()).toBe(0)
  })

  test('do not where the page says so, or another site asks', async () => {
    const { visit, pass, idle } = await counting()
    pass(minute)
    await visit('/cases', { 'x-session-passive': '1' })
    await visit('/cases', { 'sec-fetch-site': 'cross-site' })
    await visit('/cases', { 'sec-fetch-site': 'same-site' })
    expect(await idle()).toBe(minute)
    await visit('/cases', { 'sec-fetch-site': 'none' })
    expect(await idle()).toBe(0)
  })

  test('are written down once within the grace', async () => {
    const inner = memoryStore()
    let writes = 0
    const store = {
      ...inner,
      touch: (...args: Parameters<typeof inner.touch>) => {
        writes++
        return inner.touch(...args)
      },
    }
    const { visit } = await signedIn({
      store,
      requests: { countAs: 'activity', writeGrace: 60_000 },
    })
    for (let i = 0; i < 10; i++) await visit()
    expect(writes).toBe(0)
  })

  test('do not at the endpoint itself', async () => {
    const { security, id, pass, idle } = await counting()
    pass(minute)
    await page(await viaFetch(security), id).get()
    expect(await idle()).toBe(minute)
  })
})
