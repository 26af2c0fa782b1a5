import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSimulation, type SimulatedTab, type Simulation } from '../../src/testing.js'

const policy = { warnAfter: 60_000, expireAfter: 120_000 }
/** The lead (ms) that follows from this policy. */
const lead = 5_000
const numRuns = Number(process.env.HISTORIES ?? 3_000) / 10

async function openTabs(seed: number, count: number) {
  let mostUnderWay = 0
  const world: Simulation = createSimulation({
    seed,
    policy,
    onStep: () => {
      mostUnderWay = Math.max(mostUnderWay, world.server.underWay)
    },
  })
  world.server.signIn('ada')
  for (let tab = 0; tab < count; tab += 1) world.open()
  await world.advance(2_000)
  return {
    ...world,
    first: world.tabs[0] as SimulatedTab,
    /** The most requests under way at once since the last call. */
    mostUnderWay: () => {
      const most = mostUnderWay
      mostUnderWay = 0
      return most
    },
  }
}

const manyTabs = { seed: fc.integer(), count: fc.integer({ min: 2, max: 10 }) }

test('any number of idle tabs send one request at a time, and at most three in all', {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.record(manyTabs), async ({ seed, count }) => {
      const { server, first, tabs, advance, mostUnderWay } = await openTabs(seed, count)
      first.input()
      // Requests and messages of the start and of this input are done by then.
      await advance(50_000)
      const asked = server.asked
      mostUnderWay()
      await advance(71_000)
      expect(tabs.map((tab) => tab.view().status)).toEqual(tabs.map(() => 'expired'))
      expect(mostUnderWay()).toBe(1)
      expect(server.asked - asked).toBeLessThanOrEqual(3)
    }),
    { numRuns },
  )
})

test('an active tab sends at most one message in five seconds, an idle tab none', {
  timeout: 600_000,
}, async () => {
  const pauses = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 30, maxLength: 200 })
  await fc.assert(
    fc.asyncProperty(fc.record({ ...manyTabs, pauses }), async ({ seed, count, pauses }) => {
      const { browser, server, first, advance, now } = await openTabs(seed, count)
      const begin = { messages: browser.messages, asked: server.asked, at: now() }
      for (const pause of pauses) {
        first.input()
        await advance(pause)
      }
      const most = Math.ceil((now() - begin.at) / lead) + 1
      // Each answer is shared, too.
      const answers = server.asked - begin.asked
      expect(browser.messages - begin.messages).toBeLessThanOrEqual(most + answers)

      // The last message is due one lead after the one before, and timers are late.
      await advance(lead + 50)
      // An answer under way is still shared.
      while (server.underWay > 0) await advance(100)
      const idle = { messages: browser.messages, asked: server.asked }
      await advance(policy.warnAfter - 10_000)
      expect(browser.messages - idle.messages).toBeLessThanOrEqual(server.asked - idle.asked)
    }),
    { numRuns },
  )
})

test('a hold causes no more messages and requests than an active user', async () => {
  const { tabs, browser, server, first, advance } = await openTabs(1, 3)
  const end = first.session.hold('a call')
  await advance(1_000)
  const before = { messages: browser.messages, asked: server.asked }
  await advance(10 * policy.warnAfter)
  expect(tabs.map((tab) => tab.view().status)).toEqual(['active', 'active', 'active'])
  // A hold counts just before each warning. Two tabs may ask at the same time.
  const times = 10 * (policy.warnAfter / (policy.warnAfter - lead)) + 1
  expect(server.asked - before.asked).toBeLessThanOrEqual(2 * times)
  expect(browser.messages - before.messages).toBeLessThanOrEqual(4 * times)
  end()
})
