import { expect, test } from 'vitest'
import { trackRequests } from '../../../src/browser/requests/trackRequests.js'
import { createSimulation, type SimulatedHeaders } from '../../../src/testing.js'

const policy = { warnAfter: 60_000, expireAfter: 120_000 }

async function active() {
  const world = createSimulation({ policy })
  world.server.signIn('ada')
  const tab = world.open()
  await world.advance(1_000)
  /** A response to the app's own request arrives, with these headers or the server's current ones. */
  const learn = (headers: Partial<SimulatedHeaders> = {}) => {
    const now = world.server.headers()
    if (!now) throw new Error('no session')
    return tab.session.hint({ ...now, age: 0, ...headers })
  }
  return { ...world, tab, learn }
}

test('no session requests are sent while the app’s own responses carry new activity', async () => {
  const { tab, server, learn, advance } = await active()
  const { asked } = server
  for (let second = 0; second < 300; second += 5) {
    tab.input()
    // The app's own request has just counted as activity on the server.
    server.ask({ session: 's1', idleFor: 0 })
    learn()
    await advance(5_000)
    expect(tab.view().status).toBe('active')
  }
  expect(server.asked - asked).toBe(60)
})

test('hints do not delay a report if the app’s requests do not count as activity', async () => {
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

test('a hint about another session of the same person makes the tab ask the server', async () => {
  const { tab, server, learn, advance } = await active()
  const { asked } = server
  server.signIn('ada')
  expect(learn()).toBe(true)
  await advance(200)
  expect(server.asked).toBe(asked + 1)
  expect(tab.view().status).toBe('active')
})

test('responses that keep naming another session cause one request in five seconds', async () => {
  const { tab, server, learn, advance } = await active()
  const { asked } = server
  for (let second = 0; second < 30; second += 1) {
    learn({ session: 's0' })
    await advance(1_000)
  }
  expect(server.asked - asked).toBeLessThanOrEqual(6)
  expect(tab.view().status).toBe('active')
})

test('a hint with less time left than the policy gives makes the tab ask the server', async () => {
  const { tab, server, learn, advance } = await active()
  server.policy = { ...server.policy, warnAfter: 10_000, expireAfter: 30_000 }
  learn()
  await advance(200)
  expect(tab.session.getSecondsLeft()).toBeLessThanOrEqual(30)
})

test('a hint does not revive an expired session', async () => {
  const { tab, server, advance } = await active()
  const { at } = server.headers() ?? {}
  await advance(130_000)
  const late = { session: 's1', subject: 'ada', remaining: 120_000, idle: 0, age: 0 }
  tab.session.hint({ ...late, at: (at ?? 0) + 130_000 })
  await advance(1_000)
  expect(tab.view().status).toBe('expired')
})

test('the app’s request is not sent when the session is over', async () => {
  const { tab, advance } = await active()
  const track = trackRequests(tab.session)
  await expect(track()).resolves.toMatchObject({ headers: { 'X-Session-Passive': '1' } })
  await advance(130_000)
  await expect(track()).rejects.toMatchObject({ code: 'session-over' })
})

test('the app’s request waits while the page is covered and in doubt', async () => {
  const { tab, sleep, advance } = await active()
  const track = trackRequests(tab.session)
  await sleep(130_000)
  expect(tab.view()).toMatchObject({ status: 'checking', covered: true })
  const tracked = track()
  const outcome = expect(tracked).rejects.toMatchObject({ code: 'session-over' })
  await advance(1_000)
  await outcome
})
