import fc from 'fast-check'
import { test } from 'vitest'
import { createSimulation, type SimulatedTab, type Simulation } from '../../src/testing.js'

const numRuns = Number(process.env.HISTORIES ?? 3_000) / 3
/** `npm test` always plays the same ones; with HISTORIES set they are new. */
const fixed = process.env.HISTORIES ? {} : { seed: 20_261_122 }

/** Input in one tab, another tab that opens or closes, and a pause. */
const moment = fc.record({
  used: fc.nat(9),
  another: fc.constantFrom('open' as const, 'close' as const, 'crash' as const),
  pause: fc.integer({ min: 1, max: 2_500 }),
})

test('tabs never warn while the user is active in any of them and others open, close and crash', {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.array(moment, { maxLength: 40 }), async (seed, moments) => {
      const world: Simulation = createSimulation({
        seed,
        policy: { warnAfter: 4_000, expireAfter: 8_000 },
        onStep: () => expectNoWarning(world),
      })
      world.server.signIn('ada')
      for (let tab = 0; tab < 3; tab += 1) world.open()
      await world.advance(500)
      for (const { used, another, pause } of moments) {
        const open = world.tabs.filter((tab) => !tab.closed)
        const [tab, ...others] = inOrderFrom(open, used)
        tab?.input()
        await world.advance(5)
        if (another === 'open' && open.length < 10) await openedTab(world)
        else if (another !== 'open' && others.length > 1) others[0]?.[another]()
        await world.advance(pause)
      }
    }),
    { numRuns, ...fixed },
  )
})

function inOrderFrom(tabs: SimulatedTab[], first: number): SimulatedTab[] {
  const start = first % tabs.length
  return [...tabs.slice(start), ...tabs.slice(0, start)]
}

/** Opens a tab and waits for its first answer, because input counts from then on. */
async function openedTab({ open, advance }: Simulation): Promise<void> {
  const tab = open()
  while (tab.view().status === 'checking') await advance(10)
}

function expectNoWarning({ tabs, now, timeline }: Simulation): void {
  const warned = tabs.find((tab) => !tab.closed && tab.view().status === 'warning')
  if (warned) throw new Error(`${warned.name} warns at ${now()} ms\n${timeline()}`)
}
