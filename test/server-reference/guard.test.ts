import { describe, expect, it } from 'vitest'
import { memoryStore, type Options, type RequestOptions } from '../../server-reference/index.js'
import { viaFetch } from './support/callers.js'
import { freshId, minute, page, world } from './support/world.js'

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
  it('lets a living session pass, with its deadline for the page', async () => {
    const { visit, pass, session } = await signedIn()
    pass(1_234)
    const { response, headers, active } = await visit()
    expect(response).toBeNull()
    expect(headers).toEqual({
      'Cache-Control': 'no-store',
      'Session-Expires-In': '898.7',
      'Session-Idle': '1.3',
      'Session-Handle': session,
    })
    expect(active).toMatchObject({ state: 'active', session, remainingMs: 898_766 })
  })

  it('counts nothing', async () => {
    const { visit, pass, idle } = await signedIn()
    pass(minute)
    for (let i = 0; i < 10; i++) await visit()
    expect(await idle()).toBe(minute)
  })

  it('gives 401 to what fetches, and meets the end', async () => {
    const { visit, pass, ended } = await signedIn({ signIn: '/sign-in' })
    pass(15 * minute)
    const { response, headers, active } = await visit('/api', { 'sec-fetch-mode': 'cors' })
    expect(response?.status).toBe(401)
    expect(await response?.json()).toMatchObject({ state: 'ended', reason: 'idle' })
    expect({ headers, active }).toEqual({ headers: {}, active: null })
    expect(ended).toMatchObject([{ reason: 'idle' }])
  })

  it('sends a navigation to the sign-in page, with the way back', async () => {
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

  it('never leads to another site', async () => {
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

  it('asks the app where to send', async () => {
    const { visit, pass } = await signedIn({
      signIn: ({ returnTo, reason }) => `/in?${returnTo}&${reason}&ü\r`,
    })
    pass(15 * minute)
    const { response } = await visit('/x', { 'sec-fetch-mode': 'navigate' })
    expect(response?.headers.get('location')).toBe('/in?/x&idle&%C3%BC%0D')
  })

  it('closes where the store is down, or the cookies contradict each other', async () => {
    const store = { ...memoryStore(), look: () => Promise.reject(new Error('down')) }
    const down = await signedIn({ store })
    expect((await down.visit()).response?.status).toBe(503)
    const { visit, id } = await signedIn()
    expect((await visit('/', { cookie: `sid=${id}; sid=x` })).response?.status).toBe(400)
    expect((await visit('/', { cookie: '' })).response?.status).toBe(401)
  })
})

describe('requests that count as activity', () => {
  const counting = (more: Partial<RequestOptions> = {}) =>
    signedIn({ requests: { countAs: 'activity', ...more } })

  it('move the end', async () => {
    const { visit, pass, idle } = await counting()
    pass(minute)
    const { headers } = await visit()
    expect(headers['Session-Idle']).toBe('0.0')
    expect(await idle()).toBe(0)
  })

  it('do not where the route is listed, by path, pattern or function', async () => {
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

  it('do not where the page says so, or another site asks', async () => {
    const { visit, pass, idle } = await counting()
    pass(minute)
    await visit('/cases', { 'x-session-passive': '1' })
    await visit('/cases', { 'sec-fetch-site': 'cross-site' })
    await visit('/cases', { 'sec-fetch-site': 'same-site' })
    expect(await idle()).toBe(minute)
    await visit('/cases', { 'sec-fetch-site': 'none' })
    expect(await idle()).toBe(0)
  })

  it('are written down once within the grace', async () => {
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

  it('do not at the endpoint itself', async () => {
    const { security, id, pass, idle } = await counting()
    pass(minute)
    await page(await viaFetch(security), id).get()
    expect(await idle()).toBe(minute)
  })
})
