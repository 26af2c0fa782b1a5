import { expect, test } from 'vitest'
import { openInRealBrowser } from '../../support/browser/openInRealBrowser.js'

const warnAfter = 360
const expireAfter = 372

test('tabs hidden for six minutes, whose timers run once a minute by then, warn and end in time', async ({
  onTestFinished,
}) => {
  const { tabs, context, moments, idleSince } = await openInRealBrowser(onTestFinished, {
    tabs: 2,
    warnAfter,
    expireAfter,
  })
  // So that no visible tab wakes them by what it tells.
  const inFront = await context.newPage()
  await inFront.bringToFront()
  for (const tab of tabs) {
    expect(await tab.evaluate(() => document.visibilityState)).toBe('hidden')
    await tab.evaluate(() => {
      const ticks: number[] = []
      Object.assign(window, { ticks })
      setInterval(() => ticks.push(performance.now()), 1_000)
    })
  }
  // The recorder gives up on a moment after twenty seconds.
  const nearlyDue = idleSince + warnAfter * 1_000 - 10_000
  await inFront.waitForFunction((due) => Date.now() > due, nearlyDue, {
    timeout: 0,
    polling: 1_000,
  })

  for (const tab of tabs) {
    const warned = await moments.first(tab, 'warned', idleSince)
    expect(warned - idleSince - warnAfter * 1_000).toBeLessThanOrEqual(1_250)
    const over = await moments.first(tab, 'over', idleSince)
    expect(over - idleSince - expireAfter * 1_000).toBeLessThanOrEqual(1_250)
  }
  const longestSilence = await Promise.all(
    tabs.map((tab) =>
      tab.evaluate(() => {
        const ticks: number[] = Reflect.get(window, 'ticks')
        return Math.max(...ticks.map((tick, index) => tick - (ticks[index - 1] ?? tick)))
      }),
    ),
  )
  // Else nothing was throttled, and nothing shown.
  for (const silence of longestSilence) expect(silence).toBeGreaterThan(10_000)
}, 480_000)
