import { expect, test } from 'vitest'
import { createSessionFetch } from '../../../src/browser/requests/createSessionFetch.js'
import { createSimulation, type SimulatedServer } from '../../../src/testing.js'
import { answered, stateAfter } from '../../support/simulation/stateAfter.js'

const policy = { warnAfter: 60_000, expireAfter: 120_000 }

/** A response to the app's own request, with the guard's headers. */
function guarded(server: SimulatedServer): Response {
  const session = server.headers()
  if (!session) return new Response(null, { status: 401 })
  return new Response('[]', {
    headers: {
      'Session-At': `${session.at}`,
      'Session-Expires-In': `${session.remaining / 1_000}`,
      'Session-Idle': `${(session.idle ?? 0) / 1_000}`,
      'Session-Handle': session.session,
      'Session-Subject': session.subject ?? '',
    },
  })
}

async function polling(answer: (server: SimulatedServer, now: number) => Response) {
  const world = createSimulation({ policy })
  world.server.signIn('ada')
  const tab = world.open()
  await world.advance(100)
  tab.input()
  const list = createSessionFetch(tab.session, {
    fetch: async () => answer(world.server, world.now()),
  })
  const poll = () => list('https://app.example/list').catch(() => null)
  return { ...world, tab, poll }
}

/** A route with `Cache-Control: private, max-age`, and a browser that obeys it. */
function browserCache(maxAge: number) {
  let kept: { response: Response; at: number } | null = null
  return (server: SimulatedServer, now: number) => {
    if (!kept || now - kept.at >= maxAge) kept = { response: guarded(server), at: now }
    return kept.response.clone()
  }
}

/** A service worker that answers from its cache first. */
const cacheFirst = () => browserCache(Infinity)

test.each([
  ['a cache', () => browserCache(60_000)],
  ['a service worker', cacheFirst],
])('a page expires in time, no matter how often %s repeats old headers', async (_, cache) => {
  const { tab, server, poll, advance } = await polling(cache())
  for (let second = 0; second < 118; second += 1) {
    await poll()
    await advance(1_000)
  }
  expect(server.remaining()).toBeLessThan(3_000)
  expect(tab.view().status).toBe('warning')
  for (let second = 0; second < 4; second += 1) {
    await poll()
    await advance(1_000)
  }
  expect(tab.view()).toMatchObject({ status: 'expired', reason: 'idle' })
})

test('activity from hints is never reported, so the server’s session ends in spite of check()', async () => {
  const { tab, server, poll, advance } = await polling(cacheFirst())
  for (let second = 0; second < 130; second += 2) {
    await poll()
    void tab.session.check()
    await advance(2_000)
  }
  expect(server.signedIn()).toBeNull()
  expect(tab.view()).toMatchObject({ status: 'expired', reason: 'idle' })
})

test('another device’s activity, known from hints, is not reported and does not change idleFor()', async () => {
  const { tab, server, poll, advance } = await polling(guarded)
  await advance(30_000)
  server.ask({ session: 's1', idleFor: 0 })
  await advance(100)
  await poll()
  expect(tab.session.getSecondsLeft()).toBeGreaterThan(118)
  expect(tab.session.idleFor()).toBeGreaterThan(30_000)
  const lastKnown = server.remaining()
  void tab.session.check()
  await advance(100)
  expect(server.remaining()).toBeLessThanOrEqual(lastKnown - 100)
})

const answer = (at: number, idle: number) =>
  ({ state: 'active', session: 's1', subject: 'ada', at, idle }) as const

test('an answer that the store judged earlier than a known one counts as a failed request', () => {
  const state = stateAfter([
    [0, { type: 'started', remembered: null, initial: null }],
    [10, answered(1, 0, answer(5_000, 20_000))],
    [1_000, { type: 'check' }],
    [1_010, answered(2, 1_000, answer(4_999, 0))],
  ])
  expect(state.facts.confirmed).toMatchObject({ at: 5_000, lastActivity: -20_000 })
  expect(state).toMatchObject({ failures: 1, wanted: 1_000, retryAt: 1_510 })
})

test('newer stored facts override the answer in a page rendered long ago', () => {
  const rendered = stateAfter([
    [0, { type: 'started', remembered: null, initial: null }],
    [10, answered(1, 0, answer(5_000, 0))],
  ])
  const since = stateAfter([
    [0, { type: 'started', remembered: null, initial: null }],
    [10, answered(1, 0, answer(50_000, 45_000))],
  ])
  const state = stateAfter([
    [20, { type: 'started', remembered: since.facts, initial: rendered.facts }],
  ])
  expect(state.doubt?.kind).toBe('start')
})

test('a repeated answer counts from when it was first seen', () => {
  const state = stateAfter([
    [0, { type: 'started', remembered: null, initial: null }],
    [10, answered(1, 0, answer(5_000, 0))],
    [30_000, { type: 'check' }],
    [30_010, answered(2, 30_000, answer(5_000, 0))],
  ])
  expect(state.facts).toMatchObject({ lastActivity: 0, confirmed: { sentAt: 0, lastActivity: 0 } })
  expect(state).toMatchObject({ failures: 1, wanted: 30_000 })
})

test('two answers of the same moment to requests sent together both count', () => {
  const state = stateAfter([
    [0, { type: 'started', remembered: null, initial: null }],
    [10, answered(1, 0, answer(5_000, 0))],
    [20, { type: 'check' }],
    [30, answered(2, 20, answer(5_000, 0))],
  ])
  expect(state).toMatchObject({ failures: 0, wanted: null })
})

test('the answer in a page from a cache does not count again', () => {
  const first = stateAfter([
    [0, { type: 'started', remembered: null, initial: null }],
    [10, answered(1, 0, answer(5_000, 0))],
  ])
  const { confirmed } = first.facts
  const initial = {
    ...first.facts,
    lastActivity: 100_000,
    confirmed: confirmed && { ...confirmed, sentAt: 100_000, lastActivity: 100_000 },
  }
  const state = stateAfter([[100_000, { type: 'started', remembered: first.facts, initial }]])
  expect(state.doubt?.kind).toBe('start')
})

test.each([9e15, 10_000 + 3_600_000])(
  'a hint from the future (%d) is not trusted, and the tab asks the server',
  (at) => {
    const state = stateAfter([
      [0, { type: 'started', remembered: null, initial: null }],
      [10, answered(1, 0, answer(5_000, 0))],
      [
        5_000,
        {
          type: 'hint',
          session: 's1',
          subject: 'ada',
          at,
          remaining: 120_000,
          idle: 0,
          sentAt: 4_990,
        },
      ],
    ])
    expect(state.facts.confirmed?.at).toBe(5_000)
    expect(state.wanted).toBe(5_000)
  },
)
