import { expect, test } from 'vitest'
import { trackRequests } from '../../../src/browser/requests/trackRequests.js'
import { createSimulation, type SimulatedHeaders } from '../../../src/testing.js'

const policy = { warnAfter: 60_000, expireAfter: 120_000 }

async function active() {
  const world = createSimulation({ policy })
  world.server.signIn('ada')
  const tab = world.open()
  await world.advance(1_000)
  /** An answer of the app's own server arrives, with what it says of the session now or said then. */
  const learn = (headers: Partial<SimulatedHeaders> = {}) => {
    const now = world.server.headers()
    if (!now) throw new Error('no session')
    return tab.session.hint({ ...now, age: 0, ...headers })
  }
  return { ...world, tab, learn }
}

test('an app that counts requests on its server needs no question of its own', async () => {
  const { tab, server, learn, advance } = await active()
  const { asked } = server
  for (let second = 0; second < 300; second += 5) {
    tab.input()
    // The app's own request has just counted there.
    server.ask({ session: 's1', idleFor: 0 })
    learn()
    await advance(5_000)
    expect(tab.view().status).toBe('active')
  }
  expect(server.asked - asked).toBe(60)
})

test('a hint that counts no activity puts off no report', async () => {
  const { tab, server, learn, advance } = await active()
  await advance(29_000)
  const { asked } = server
  for (let second = 0; second < 60; second += 2) {
    tab.input()
    learn()
    await advance(2_000)
  }
  expect(server.asked).toBeGreaterThan(asked)
  expect(server.remaining()).toBeGreaterThan(80_000)
})

test('a hint about another session of the same person is asked about', async () => {
  const { tab, server, learn, advance } = await active()
  const { asked } = server
  server.signIn('ada')
  expect(learn()).toBe(true)
  await advance(200)
  expect(server.asked).toBe(asked + 1)
  expect(tab.view().status).toBe('active')
})

test('a list that keeps naming another session makes one question in five seconds', async () => {
  const { tab, server, learn, advance } = await active()
  const { asked } = server
  for (let second = 0; second < 30; second += 1) {
    learn({ session: 's0' })
    await advance(1_000)
  }
  expect(server.asked - asked).toBeLessThanOrEqual(6)
  expect(tab.view().status).toBe('active')
})

test('a hint that gives less than the policy should is asked about', async () => {
  const { tab, server, learn, advance } = await active()
  server.policy = { ...server.policy, warnAfter: 10_000, expireAfter: 30_000 }
  learn()
  await advance(200)
  expect(tab.session.getSecondsLeft()).toBeLessThanOrEqual(30)
})

test('a hint revives nothing', async () => {
  const { tab, server, advance } = await active()
  const { at } = server.headers() ?? {}
  await advance(130_000)
  const late = { session: 's1', subject: 'ada', remaining: 120_000, idle: 0, age: 0 }
  tab.session.hint({ ...late, at: (at ?? 0) + 130_000 })
  await advance(1_000)
  expect(tab.view().status).toBe('expired')
})

test('a request of a session that is over is not sent', async () => {
  const { tab, advance } = await active()
  const track = trackRequests(tab.session)
  await expect(track()).resolves.toMatchObject({ headers: { 'X-Session-Passive': '1' } })
  await advance(130_000)
  await expect(track()).rejects.toMatchObject({ code: 'session-over' })
})

test('a request is held back while the page is covered and in doubt', async () => {
  const { tab, sleep, advance } = await active()
  const track = trackRequests(tab.session)
  await sleep(130_000)
  expect(tab.view()).toMatchObject({ status: 'checking', covered: true })
  const tracked = track()
  const outcome = expect(tracked).rejects.toMatchObject({ code: 'session-over' })
  await advance(1_000)
  await outcome
})
