import { expect, test } from 'vitest'
import { trackRequests } from '../../src/browser/trackRequests.js'
import { createSimulation } from '../../src/testing.js'

const policy = { warnAfter: 60_000, expireAfter: 120_000 }

async function active() {
  const world = createSimulation({ policy })
  world.server.signIn('ada')
  const tab = world.open()
  await world.advance(1_000)
  const learn = (session: string, remaining: number, idle: number) =>
    tab.session.learn({ session, remaining, idle, age: 0 })
  return { ...world, tab, learn }
}

test('an app that counts requests on its server needs no question of its own', async () => {
  const { tab, server, learn, advance } = await active()
  const { asked } = server
  for (let second = 0; second < 300; second += 5) {
    tab.input()
    // The app's own request has just counted there.
    server.ask({ session: 's1', idleFor: 0 })
    learn('s1', 120_000, 0)
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
    learn('s1', 120_000 - 30_000, 30_000)
    await advance(2_000)
  }
  expect(server.asked).toBeGreaterThan(asked)
  expect(server.remaining()).toBeGreaterThan(80_000)
})

test('a hint about another session is asked about', async () => {
  const { tab, server, learn, advance } = await active()
  const { asked } = server
  server.signIn('ada')
  learn('s2', 120_000, 0)
  await advance(200)
  expect(server.asked).toBe(asked + 1)
  expect(tab.view().status).toBe('active')
})

test('a hint that gives less than the policy should is asked about', async () => {
  const { tab, server, learn, advance } = await active()
  server.policy = { ...server.policy, warnAfter: 10_000, expireAfter: 30_000 }
  learn('s1', 29_000, 1_000)
  await advance(200)
  expect(tab.session.getSecondsLeft()).toBeLessThanOrEqual(30)
})

test('a hint revives nothing', async () => {
  const { tab, learn, advance } = await active()
  await advance(130_000)
  learn('s1', 120_000, 0)
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
