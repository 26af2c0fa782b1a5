import { expect, test } from 'vitest'
import { openInRealBrowser } from '../../support/browser/openInRealBrowser.js'

test('hidden tabs warn and are over within a second of the one in front', async ({
  onTestFinished,
}) => {
  const { tabs, moments, idleSince } = await openInRealBrowser(onTestFinished, { tabs: 3 })
  const visibility = await Promise.all(
    tabs.map((tab) => tab.evaluate(() => document.visibilityState)),
  )
  expect(visibility).toEqual(['hidden', 'hidden', 'visible'])

  for (const what of ['warned', 'covered', 'over'] as const) {
    const times = await Promise.all(tabs.map((tab) => moments.first(tab, what, idleSince)))
    // Their timers wait for the next full second, and then for their turn on this machine.
    expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1_000 + 100)
  }
})
