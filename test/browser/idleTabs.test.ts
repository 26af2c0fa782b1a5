import type { Page } from 'playwright'
import { expect } from 'vitest'
import { test } from '../setup/demoTest.js'

const warnAfter = 4_000
const expireAfter = 8_000
/** The first scheduled question goes out this much ahead of the warning, and no earlier. */
const lead = 1_000

/** In ms: what people take for "at the same time". */
const together = 100

/**
 * Ten pages that render on two cores, without a graphics card, wait for each other: mostly less than
 * 100 ms, and not always. docs/decisions/ten-tabs.md
 */
const togetherOnTwoCores = 200

test.for([
  [1, together],
  [3, together],
  [5, together],
  [10, togetherOnTwoCores],
] as const)(
  '%i idle tabs warn within %i ms and are over within as much, with 3 requests at most',
  async ([count, spread], { openDemo }) => {
    const { tabs, moments, idleSince, asked, hypervisor } = await openDemo({ tabs: count })

    const warned = await Promise.all(tabs.map((tab) => moments.first(tab, 'warned', idleSince)))
    const covered = await Promise.all(tabs.map((tab) => moments.first(tab, 'covered', idleSince)))
    const over = await Promise.all(tabs.map((tab) => moments.first(tab, 'over', idleSince)))

    const early = Math.max(...(await Promise.all(tabs.map(longestRoundTrip))))
    expect(asked.since(idleSince + warnAfter - lead - early)).toBeLessThanOrEqual(3)
    expectTogether(warned, idleSince + warnAfter)
    expectTogether(covered, idleSince + expireAfter)
    expectTogether(over, idleSince + expireAfter)

    function expectTogether(times: number[], due: number): void {
      const first = Math.min(...times)
      const last = Math.max(...times)
      const taken = hypervisor.took(Math.min(first, due), last)
      expect(last - first).toBeLessThanOrEqual(spread + taken)
      expect(last - due).toBeLessThanOrEqual(250 + taken)
      expect(due - first).toBeLessThanOrEqual(early)
    }
  },
)

/** As the page itself has seen it: from calling `fetch` to the end of the answer. */
function longestRoundTrip(tab: Page): Promise<number> {
  return tab.evaluate(() =>
    Math.max(
      ...performance
        .getEntriesByType('resource')
        .filter((entry) => entry.name.endsWith('/session-security'))
        .map((entry) => entry.duration),
    ),
  )
}
