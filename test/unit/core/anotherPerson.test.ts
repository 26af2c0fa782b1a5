import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createSessionFetch } from '../../../src/browser/requests/createSessionFetch.js'
import type { Event } from '../../../src/core/decide/state.js'
import { createSimulation, type SimulatedServer } from '../../../src/testing.js'
import { answered, stateAfter } from '../../support/simulation/stateAfter.js'

const policy = { warnAfter: 60_000, expireAfter: 120_000 }
const origin = 'https://app.example'

beforeEach(() => vi.stubGlobal('location', { origin }))
afterEach(() => vi.unstubAllGlobals())

/** The app's own server behind the guard. It carries out requests as the person who is signed in. */
function appServer(server: SimulatedServer, done: string[], compares: boolean): typeof fetch {
  return async (input) => {
    const request = input as Request
    const session = server.headers()
    if (!session) return new Response(null, { status: 401 })
    const subjectOfPage = request.headers.get('Session-Subject')
    if (compares && subjectOfPage !== null && subjectOfPage !== session.subject) {
      const type = 'tag:react-session-security,2026:/another-person'
      return Response.json({ type, status: 409 }, { status: 409 })
    }
    done.push(`${request.method} as ${session.subject}`)
    const headers = {
      'Session-At': `${session.at}`,
      'Session-Expires-In': `${session.remaining / 1_000}`,
      'Session-Idle': `${(session.idle ?? 0) / 1_000}`,
      'Session-Handle': session.session,
      'Session-Subject': `${session.subject}`,
    }
    return new Response('data', { headers })
  }
}

async function active({ compares = true, tabs = 1, handles = true } = {}) {
  const world = createSimulation({ policy, handles })
  world.server.signIn('ada')
  for (let tab = 0; tab < tabs; tab += 1) world.open()
  await world.advance(1_000)
  const [tab] = world.tabs
  if (!tab) throw new Error('no tab')
  const done: string[] = []
  const send = createSessionFetch(tab.session, { fetch: appServer(world.server, done, compares) })
  const post = () => send(`${origin}/payments`, { method: 'POST' })
  return { ...world, tab, done, send, post }
}

test('a request names the person whose page it is, to the page’s own origin only', async () => {
  const { tab } = await active()
  const seen: (string | null)[] = []
  const send = createSessionFetch(tab.session, {
    fetch: async (input) => {
      seen.push((input as Request).headers.get('Session-Subject'))
      return new Response('')
    },
  })
  await send(`${origin}/list`)
  await send('https://elsewhere.example/list')
  expect(seen).toEqual(['ada', null])
})

test('a request from A’s page is not carried out as B, who signed in on another page', async () => {
  const { tab, server, post, done, advance } = await active()
  const before = tab.session
  server.signIn('bob')
  await expect(post()).rejects.toMatchObject({ code: 'session-over' })
  expect(done).toEqual([])
  expect(tab.view()).toMatchObject({ covered: true })
  await advance(200)
  expect(tab.session).not.toBe(before)
})

test('a response for B never reaches A’s page, even if the server does not compare the person', async () => {
  const { tab, server, post, advance } = await active({ compares: false })
  const before = tab.session
  server.signIn('bob')
  await expect(post()).rejects.toMatchObject({ code: 'session-over' })
  expect(tab.view()).toMatchObject({ status: 'checking', covered: true })
  await advance(200)
  expect(tab.session).not.toBe(before)
})

test('after a response for B, further requests wait and are rejected before the page reloads', async () => {
  const { tab, server, post, done, advance } = await active()
  server.signIn('bob')
  await expect(post()).rejects.toMatchObject({ code: 'session-over' })
  const held = expect(post()).rejects.toMatchObject({ code: 'session-over' })
  await advance(45)
  await held
  expect(done).toEqual([])
  expect(tab.view().status).toBe('checking')
})

test('a request succeeds with a newer session of the same person, and the page asks the server', async () => {
  const { tab, server, post, done, advance } = await active()
  const before = tab.session
  server.signIn('ada')
  const { asked } = server
  await expect(post()).resolves.toMatchObject({ status: 200 })
  await advance(200)
  expect(done).toEqual(['POST as ada'])
  expect(server.asked).toBe(asked + 1)
  expect(tab.session).toBe(before)
  expect(tab.view()).toMatchObject({ status: 'active', covered: false })
})

test('cached responses of another person are dropped, and the page asks at most once in 5 s', async () => {
  const { tab, server, advance } = await active()
  const headers = {
    'Session-At': '1',
    'Session-Expires-In': '100',
    'Session-Idle': '0',
    'Session-Handle': 's0',
    'Session-Subject': 'bob',
  }
  const list = createSessionFetch(tab.session, {
    fetch: async () => new Response('of bob', { headers }),
  })
  const { asked } = server
  let dropped = 0
  for (let second = 0; second < 20; second += 1) {
    void list(`${origin}/list`).catch(() => {
      dropped += 1
    })
    await advance(1_000)
  }
  expect(dropped).toBeGreaterThan(0)
  expect(server.asked - asked).toBeLessThanOrEqual(5)
  expect(tab.session.getState().personChanged).toBe(false)
})

test('if no person is known, another session counts as another person’s', () => {
  const nobody = { state: 'active', session: 's1', idle: 0 } as const
  const hint = { type: 'hint', subject: null, at: 9, remaining: 1, idle: 0, sentAt: 0 } as const
  const known: [number, Event][] = [
    [0, { type: 'started', remembered: null, initial: null }],
    [10, answered(1, 0, nobody)],
  ]
  const state = stateAfter([...known, [1_000, { ...hint, session: 's2' }]])
  expect(state.doubt).toMatchObject({ kind: 'other', covered: true })
  expect(stateAfter([...known, [1_000, { ...hint, session: 's1' }]]).doubt).toBeNull()
})

describe.each([
  ['with handles', true],
  ['without handles', false],
])('a page that uses plain fetch, %s', (_, handles) => {
  test('asks once when it becomes visible and focused again', async () => {
    const { tab, server, advance } = await active({ handles })
    await advance(10_000)
    const { asked } = server
    tab.revisit()
    await advance(60)
    tab.revisit()
    await advance(300)
    tab.revisit()
    await advance(1_000)
    expect(server.asked - asked).toBe(1)
    tab.revisit()
    await advance(1_000)
    expect(server.asked - asked).toBe(2)
  })

  test('asks once when all of its tabs become visible', async () => {
    const { tabs, server, advance } = await active({ tabs: 5, handles })
    await advance(10_000)
    const { asked } = server
    for (const tab of tabs) tab.revisit()
    await advance(1_000)
    expect(server.asked - asked).toBe(1)
  })

  test('does not count a return as activity, and does not ask after the end', async () => {
    const { tab, server, advance } = await active({ handles })
    for (let second = 0; second < 130; second += 5) {
      tab.revisit()
      await advance(5_000)
    }
    expect(tab.view()).toMatchObject({ status: 'expired', covered: true })
    const { asked } = server
    tab.revisit()
    await advance(1_000)
    expect(server.asked).toBe(asked)
  })
})

test('a page that becomes visible after B signed in elsewhere reloads for B', async () => {
  const { tab, server, advance } = await active()
  const before = tab.session
  server.signIn('bob')
  tab.revisit()
  await advance(200)
  expect(tab.session).not.toBe(before)
})
