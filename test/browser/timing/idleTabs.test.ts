import type { Page } from 'playwright'
import { expect } from 'vitest'
import { test } from '../../support/demo/demoTest.js'

const warnAfter = 4_000
const expireAfter = 8_000
/** The first scheduled question goes out this much ahead of the warning, and no earlier. */
const lead = 1_000

/** In ms: what people take for "at the same time". What it takes ten tabs: docs/decisions/ten-tabs.md */
const together = 100

test.for([1, 3, 5, 10])(
  '%i idle tabs warn together and are over together, with 3 requests at most',
  async (count, { openDemo }) => {
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
      expect(last - first).toBeLessThanOrEqual(together + taken)
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
