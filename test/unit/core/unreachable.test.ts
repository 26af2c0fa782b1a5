import { expect, test } from 'vitest'
import type { Event } from '../../../src/core/decide/state.js'
import type { SessionOptions } from '../../../src/core/options/options.js'
import { createSimulation, type ServerMood } from '../../../src/testing.js'
import { answered, stateAfter } from '../../support/simulation/stateAfter.js'

const policy = { warnAfter: 60_000, expireAfter: 120_000 }

async function active(options: SessionOptions = {}) {
  const world = createSimulation({ policy, session: { endpoint: '/session-security', ...options } })
  world.server.signIn('ada')
  const tab = world.open()
  await world.advance(1_000)
  return { ...world, tab }
}

const moods: ServerMood[] = ['refusing', 'silent', 'odd']

test.each(moods)(
  'an idle tab warns, covers at the deadline, then expires while the server is %s',
  async (mood) => {
    const { tab, server, advance } = await active()
    server.mood = mood
    await advance(60_000)
    expect(tab.view().status).toBe('warning')
    await advance(59_200)
    expect(tab.view()).toMatchObject({ covered: true })
    await advance(12_000)
    expect(tab.view()).toMatchObject({ status: 'expired', reason: 'unreachable', covered: true })
  },
)

test.each(moods)(
  'an active user can go on while the server is %s, and the state says that it is unreachable',
  async (mood) => {
    const { tab, server, advance } = await active()
    server.mood = mood
    for (let second = 0; second < 300; second += 1) {
      tab.input()
      await advance(1_000)
      expect(tab.view().status).toBe('active')
    }
    expect(tab.view().unreachable).toBe(true)
    server.mood = 'well'
    server.signIn('ada')
    await advance(90_000)
    expect(tab.view().unreachable).toBe(false)
  },
)

test.each(moods)(
  "with 'close' the last confirmed deadline is final while the server is %s",
  async (mood) => {
    const { tab, server, advance } = await active({ whenUnreachable: 'close' })
    server.mood = mood
    for (let second = 0; second < 125; second += 1) {
      tab.input()
      await advance(1_000)
    }
    expect(tab.view().covered).toBe(true)
  },
)

test('an extension without an answer shows as failed, keeps the deadline and is tried again', async () => {
  const { tab, server, advance } = await active()
  await advance(70_000)
  server.mood = 'odd'
  const result = tab.session.extend()
  await advance(100)
  await expect(result).resolves.toBe('failed')
  expect(tab.view()).toMatchObject({ status: 'warning', extension: 'failed' })
  server.mood = 'well'
  await advance(1_200)
  expect(tab.view()).toMatchObject({ status: 'active', extension: 'idle', unreachable: false })
})

test('after two failures the browser grants an extension, and the state says that the server is unreachable', async () => {
  const { tab, server, advance } = await active()
  await advance(70_000)
  server.mood = 'refusing'
  void tab.session.extend()
  await advance(2_000)
  expect(tab.view()).toMatchObject({ status: 'active', unreachable: true })
  await advance(125_000)
  expect(tab.view()).toMatchObject({ status: 'expired', reason: 'unreachable' })
})

test("with 'close' a failed extension never closes the warning", async () => {
  const { tab, server, advance } = await active({ whenUnreachable: 'close' })
  await advance(70_000)
  server.mood = 'refusing'
  void tab.session.extend()
  await advance(40_000)
  expect(tab.view()).toMatchObject({ status: 'warning', extension: 'failed' })
  await advance(15_000)
  expect(tab.view()).toMatchObject({ status: 'expired', reason: 'unreachable' })
})

test('an answer after the deadline uncovers a session that still lives', async () => {
  const { tab, server, advance } = await active()
  await advance(110_000)
  server.mood = 'silent'
  await advance(9_500)
  expect(tab.view()).toMatchObject({ status: 'checking', covered: true })
  // The user has signed in on another device, with longer limits.
  server.policy = { ...server.policy, expireAfter: 600_000, warnAfter: 500_000 }
  server.signIn('ada')
  server.mood = 'well'
  await advance(6_000)
  expect(tab.view()).toMatchObject({ status: 'active', covered: false })
})

test('a page that never reached the server uses its own policy', async () => {
  const world = createSimulation({
    session: { endpoint: '/session-security', policy },
  })
  world.server.mood = 'refusing'
  const tab = world.open()
  await world.advance(3_000)
  expect(tab.view()).toMatchObject({ status: 'active', unreachable: true })
  await world.advance(130_000)
  expect(tab.view()).toMatchObject({ status: 'expired', reason: 'unreachable' })
})

test('hideWhileChecking covers the page until the first answer', async () => {
  const world = createSimulation({
    policy,
    session: { endpoint: '/session-security', hideWhileChecking: true },
  })
  world.server.mood = 'refusing'
  world.server.signIn('ada')
  const tab = world.open()
  await world.advance(5_000)
  expect(tab.view()).toMatchObject({ status: 'checking', covered: true })
  world.server.mood = 'well'
  await world.advance(10_000)
  expect(tab.view()).toMatchObject({ status: 'active', covered: false })
})

test('the state names the reason of a refusal until the server answers', () => {
  const refused = 'The request comes from another site.'
  const refusing: [number, Event][] = [
    [0, { type: 'started', remembered: null, initial: null }],
    [10, answered(1, 0, { state: 'unknown', refused })],
  ]
  expect(stateAfter(refusing).refused).toBe(refused)
  const active = { state: 'active', session: 's1', subject: 'ada', idle: 0 } as const
  expect(stateAfter([...refusing, [510, { type: 'woke' }]]).refused).toBe(refused)
  const later: [number, Event][] = [
    [510, { type: 'woke' }],
    [520, answered(2, 510, active)],
  ]
  expect(stateAfter([...refusing, ...later]).refused).toBeNull()
})
