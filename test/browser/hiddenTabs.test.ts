import { expect, test } from 'vitest'
import { openTabs } from '../setup/demoTest.js'
import { realBrowser } from '../setup/realBrowser.js'
import { startDemo } from '../setup/startDemo.js'

test('hidden tabs warn and are over within a second of the one in front', async ({
  onTestFinished,
}) => {
  const demo = await startDemo()
  onTestFinished(demo.stop)
  const browser = await realBrowser()
  onTestFinished(browser.close)
  const { tabs, moments, idleSince } = await openTabs(browser.context, demo.url, 3)
  const visibility = await Promise.all(
    tabs.map((tab) => tab.evaluate(() => document.visibilityState)),
  )
  expect(visibility).toEqual(['hidden', 'hidden', 'visible'])

  for (const what of ['warned', 'covered', 'over'] as const) {
    const times = await Promise.all(tabs.map((tab) => moments.first(tab, what, idleSince)))
    expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1_000)
  }
})
