import { describe, expect, test } from 'vitest'
import { reportDueAt } from '../../../src/core/decide/activity.js'
import { factsOf } from '../../../src/core/decide/facts.js'
import type { Event } from '../../../src/core/decide/state.js'
import { defaultPolicy } from '../../../src/protocol/policy.js'
import type { ActiveVerdict } from '../../../src/protocol/verdict.js'
import { createSimulation, type SimulatedTab } from '../../../src/testing.js'
import { answered, config, stateAfter } from '../../support/simulation/stateAfter.js'

const policy = { warnAfter: 60_000, expireAfter: 120_000 }
const hour = 3_600_000

async function active(tabs = 1) {
  const world = createSimulation({ policy })
  world.server.signIn('ada')
  for (let tab = 0; tab < tabs; tab += 1) world.open()
  await world.advance(1_000)
  const [first, second] = world.tabs
  if (!first) throw new Error('no tab')
  return { ...world, first, second: second ?? first }
}

test('a tab that wakes after the deadline covers first, and a mouse move does not revive the session', async () => {
  const { first, sleep, advance } = await active()
  first.input()
  await advance(1_000)
  const woken = sleep(8 * hour)
  await woken
  expect(first.view()).toMatchObject({ status: 'checking', covered: true })
  first.input()
  await advance(1_000)
  expect(first.view()).toMatchObject({ status: 'expired', reason: 'idle', covered: true })
})

test('a short sleep counts as idle time', async () => {
  const { first, sleep, advance } = await active()
  await sleep(70_000)
  await advance(100)
  expect(first.view().status).toBe('warning')
})

test('setting the clock back loses no input and does not extend the session', async () => {
  const { first, stepClock, advance } = await active()
  stepClock(-hour)
  await advance(30_000)
  first.input()
  await advance(50_000)
  expect(first.view().status).toBe('active')
  await advance(71_000)
  expect(first.view()).toMatchObject({ status: 'expired', reason: 'idle' })
})

test('setting the clock forward covers the page and asks the server instead of signing out', async () => {
  const { first, stepClock, advance } = await active()
  await advance(20_000)
  stepClock(hour)
  first.show()
  expect(first.view()).toMatchObject({ status: 'checking', covered: true })
  await advance(500)
  expect(first.view()).toMatchObject({ status: 'active', covered: false })
})

test('a tab frozen during its request delays the other tabs no longer than the timeout', async () => {
  const { first, second, server, advance } = await active(2)
  await advance(53_000)
  server.mood = 'silent'
  await advance(2_000)
  first.freeze()
  server.mood = 'well'
  const { asked } = server
  await advance(6_500)
  expect(server.asked).toBeGreaterThan(asked)
  expect(second.view().status).toBe('warning')
  second.input()
  await advance(300)
  expect(second.view().status).toBe('active')
})

test('a tab that was frozen counts waiting messages from when they were sent', async () => {
  const { first, second, advance } = await active(2)
  second.freeze()
  await advance(20_000)
  first.input()
  await advance(40_000)
  second.resume()
  expect(second.view().status).toBe('active')
  await advance(21_000)
  expect(second.view().status).toBe('warning')
})

test('a tab that was frozen while the clock was set forward asks the server instead of trusting messages', async () => {
  const { first, second, server, stepClock, advance } = await active(2)
  second.freeze()
  await advance(20_000)
  first.input()
  await advance(100)
  stepClock(5_000)
  const { asked } = server
  second.resume()
  expect(second.session.idleFor()).toBeGreaterThan(20_000)
  await advance(100)
  expect(server.asked).toBeGreaterThan(asked)
})

test('a tab accepts another tab’s sign-out even if the clock was set forward in between', async () => {
  const { first, second, server, stepClock, advance } = await active(2)
  second.freeze()
  void first.session.signOut()
  await advance(100)
  stepClock(5_000)
  server.mood = 'silent'
  second.resume()
  expect(second.view()).toMatchObject({ status: 'expired', reason: 'signed-out' })
})

test('a user who keeps working after a short sleep keeps the other tabs from warning', async () => {
  const { first, second, sleep, advance } = await active(2)
  await advance(20_000)
  await sleep(38_500)
  for (let tenth = 0; tenth < 100; tenth += 1) {
    first.input()
    await advance(100)
    expect(second.view().status).toBe('active')
  }
})

test.each([0, 1])(
  'input in tab %i after the request before a warning keeps the other tab from warning',
  async (which) => {
    const { tabs, server, advance } = await active(2)
    const { asked } = server
    while (server.asked === asked) await advance(10)
    await advance(200)
    const working = tabs[which] as SimulatedTab
    const other = tabs[1 - which] as SimulatedTab
    working.input()
    for (let moment = 0; moment < 6_000; moment += 10) {
      await advance(10)
      expect(other.view().status).toBe('active')
    }
  },
)

test('a tab that crashes during its request does not stop the others', async () => {
  const { first, second, advance } = await active(2)
  await advance(54_050)
  first.crash()
  await advance(70_000)
  expect(second.view()).toMatchObject({ status: 'expired', reason: 'idle' })
})

test('a tab that misses all messages neither expires nor signs out the others', async () => {
  const { first, second, browser, advance } = await active(2)
  browser.faults.lost = 1
  for (let second_ = 0; second_ < 300; second_ += 1) {
    first.input()
    await advance(1_000)
    expect(first.view().status).toBe('active')
  }
  expect(second.view().status).toBe('active')
})

test('a tab that shares older activity is sent the newer one', async () => {
  const { first, second, browser, advance } = await active(2)
  await advance(15_000)
  browser.faults.lost = 1
  first.input()
  await advance(100)
  browser.faults.lost = 0
  void second.session.check()
  await advance(100)
  expect(second.session.idleFor()).toBeGreaterThan(15_000)
  await advance(6_000)
  expect(second.session.idleFor()).toBeCloseTo(6_200, -2)
})

test('a tab opened during a warning shows the warning with the same seconds left', async () => {
  const { open, tabs, advance } = await active()
  await advance(75_500)
  open()
  await advance(200)
  expect(tabs.map((tab) => tab.view().status)).toEqual(['warning', 'warning'])
  expect(new Set(tabs.map((tab) => tab.session.getSecondsLeft())).size).toBe(1)
})

describe('a tab that opens counts activity that the server has not heard of yet', () => {
  test('from a tab that has crashed since', async () => {
    const { first, open, advance } = await active()
    await advance(20_000)
    first.input()
    await advance(100)
    first.crash()
    await advance(35_000)
    const opened = open()
    await advance(10_000)
    expect(opened.session.idleFor()).toBeCloseTo(45_100, -2)
    expect(opened.view().status).toBe('active')
  })

  test('from a tab that shared it during the first request', async () => {
    const { first, server, open, advance } = await active()
    await advance(5_000)
    server.mood = 'silent'
    const opened = open()
    await advance(10)
    first.input()
    server.mood = 'well'
    await advance(10_000)
    expect(opened.session.idleFor()).toBeCloseTo(10_000, -2)
  })

  test('but not if the clock was set back in between', async () => {
    const { first, server, open, stepClock, advance } = await active()
    await advance(20_000)
    first.input()
    await advance(100)
    first.crash()
    await advance(35_000)
    stepClock(-10_000)
    const opened = open()
    await advance(100)
    expect(opened.session.idleFor()).toBeCloseTo(policy.expireAfter - server.remaining(), -2)
  })
})

test('a page rendered with an answer also counts unreported activity', () => {
  const answer: ActiveVerdict = { state: 'active', session: 's1', subject: 'ada', idle: 30_000 }
  const before = stateAfter([
    [10_000, { type: 'started', remembered: null, initial: null }],
    [10_010, answered(1, 10_000, { ...answer, idle: 0 })],
    [20_000, { type: 'input', at: 20_000 }],
  ])
  const initial = factsOf(answer, 40_000, { policy: defaultPolicy, subject: null })
  const { facts } = stateAfter([[40_000, { type: 'started', remembered: before.facts, initial }]])
  expect(facts.lastActivity).toBe(20_000)
})

test('the warning stays after a reload', async () => {
  const { first, advance } = await active()
  await advance(70_000)
  first.reload()
  first.input()
  await advance(100)
  expect(first.view().status).toBe('warning')
})

test('a new page is covered at once if stored facts say that the deadline has passed', async () => {
  const { first, open, browser, sleep, advance } = await active()
  first.crash()
  await sleep(hour)
  browser.asleep = false
  const tab = open()
  expect(tab.view()).toMatchObject({ status: 'checking', covered: true })
  await advance(100)
  expect(tab.view()).toMatchObject({ status: 'expired', wasActive: false })
})

test('a page from the back/forward cache is covered until a new request is answered', async () => {
  const { first, server, advance } = await active()
  first.goAway()
  await advance(20_000)
  server.mood = 'silent'
  first.comeBack()
  expect(first.view()).toMatchObject({ status: 'checking', covered: true })
  await advance(4_000)
  expect(first.view().covered).toBe(true)
  server.mood = 'well'
  await advance(3_000)
  expect(first.view()).toMatchObject({ status: 'active', covered: false })
})

test('a page from the back/forward cache shows nothing after a sign-out elsewhere', async () => {
  const { first, second, advance } = await active(2)
  first.goAway()
  void second.session.signOut()
  await advance(1_000)
  first.comeBack()
  expect(first.view().covered).toBe(true)
  await advance(100)
  expect(first.view()).toMatchObject({ status: 'expired', reason: 'signed-out', covered: true })
})

test('unreported activity is reported when the user leaves the page', async () => {
  const { first, open, server, advance } = await active()
  first.input()
  await advance(20_000)
  first.input()
  await advance(100)
  const { asked } = server
  first.close()
  await advance(200)
  expect(server.asked).toBe(asked + 1)
  const tab = open()
  await advance(100)
  expect(tab.session.idleFor()).toBeLessThan(1_000)
})

test('fifty tabs opened at once send at most five requests, and are active within two seconds', async () => {
  const world = createSimulation({ policy })
  world.server.signIn('ada')
  for (let tab = 0; tab < 50; tab += 1) world.open()
  await world.advance(2_000)
  expect(world.tabs.every((tab) => tab.view().status === 'active')).toBe(true)
  expect(world.server.asked).toBeLessThanOrEqual(5)
})

test('a policy of thirty days needs only one timer at a time', async () => {
  const day = 86_400_000
  const world = createSimulation({ policy: { warnAfter: 29 * day, expireAfter: 30 * day } })
  world.server.signIn('ada')
  const tab = world.open()
  await world.advance(29 * day - 1_000)
  expect(tab.view().status).toBe('active')
  await world.advance(2_000)
  expect(tab.view().status).toBe('warning')
  expect(tab.armedTimers).toBe(1)
})

test('continuous input is shared before the other tabs’ next request, not every second', async () => {
  const { first, second, browser, advance } = await active(2)
  await advance(10_000)
  const { messages } = browser
  for (let step = 0; step < 200; step += 1) {
    first.input()
    await advance(100)
    expect(second.session.idleFor()).toBeLessThan(5_500)
  }
  expect(browser.messages - messages).toBeLessThanOrEqual(5)
  await advance(5_000)
  // The last input is shared, too.
  expect(Math.abs(second.session.idleFor() - first.session.idleFor())).toBeLessThan(200)
})

test('a tab shares its last input before it closes', async () => {
  const { first, second, advance } = await active(2)
  for (let step = 0; step < 20; step += 1) {
    first.input()
    await advance(100)
  }
  first.close()
  await advance(100)
  expect(second.session.idleFor()).toBeLessThan(500)
})

test('a tab does not report its activity if the server knows newer activity', () => {
  const answer: ActiveVerdict = { state: 'active', session: 's1', subject: 'ada', idle: 0 }
  const mine: [number, Event][] = [
    [0, { type: 'started', remembered: null, initial: null }],
    [10, answered(1, 0, answer)],
    [20_000, { type: 'input', at: 20_000 }],
  ]
  expect(reportDueAt(stateAfter(mine), { config })).toBe(30_000)
  const other = stateAfter([
    [25_000, { type: 'started', remembered: null, initial: null }],
    [25_010, answered(1, 25_000, { ...answer, idle: 1_000 })],
  ])
  const both = stateAfter([...mine, [25_020, { type: 'message', facts: other.facts }]])
  expect(reportDueAt(both, { config })).toBeNull()
})
