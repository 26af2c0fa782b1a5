import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { machineClock } from '../../support/browser/machineClock.js'
import { type Cleanup, openInRealBrowser } from '../../support/browser/openInRealBrowser.js'
import {
  expectCoveredAtOnce,
  expectCoveredInFirstFrame,
  watchFirstFrame,
} from '../../support/demo/firstFrame.js'
import { someInput } from '../../support/demo/user.js'

const hour = 3_600_000
/** The page's look at the clock and libfaketime's at its file, and room for five browsers at once. */
const soon = 2_000 + 1_000 + 1_000

interface Machine {
  tabs?: number
  policy?: { warnAfter: number; expireAfter: number }
  /** Does the server's clock go on with the machine's? It has one of its own where somebody sets this one. */
  serverToo?: boolean
}

/** A machine with the demo open, whose lid can be closed and whose clock can be set. */
async function machine(
  onTestFinished: Cleanup,
  { tabs = 1, policy = { warnAfter: 60, expireAfter: 120 }, serverToo = true }: Machine = {},
) {
  const clock = await machineClock()
  onTestFinished(clock.remove)
  const opened = await openInRealBrowser(onTestFinished, {
    tabs,
    ...policy,
    ...(serverToo && { environment: clock.serverEnvironment }),
    browserArguments: clock.browserArguments,
  })
  const { browser, first: tab } = opened
  // Nothing else is to look at the clock: the list's own polling waits for ever from now on.
  await browser.context.route('**/api/cases', () => {})
  await untilQuiet(tab)

  /** Stops all pages; the wall clock goes on by `ms`, as does the server. */
  async function sleep(ms: number, asleep: () => unknown = () => {}) {
    const renderers = await browser.renderers()
    for (const renderer of renderers) process.kill(renderer, 'SIGSTOP')
    await clock.set(ms)
    await asleep()
    const wokenAt = Date.now() + ms
    for (const renderer of renderers) process.kill(renderer, 'SIGCONT')
    return wokenAt
  }

  return { ...opened, tab, clock, sleep }
}

/** What an input sets in motion is over, and the page has looked at its clock. */
async function untilQuiet(page: Page): Promise<void> {
  const begin = await page.evaluate(() => performance.now())
  await page.waitForFunction((since) => performance.now() > since + 3_000, begin, { polling: 100 })
}

const isCovered = (page: Page) =>
  page.evaluate(() => {
    const notes = document.querySelector('#notes')
    return notes === null || notes.closest('[inert]') !== null
  })

describe.concurrent('a visible page checks the clock every two seconds', () => {
  test('pages that wake past the deadline are covered at once, then over', async ({
    onTestFinished,
  }) => {
    const { tabs, sleep, moments } = await machine(onTestFinished, { tabs: 2 })
    const wokenAt = await sleep(hour)
    for (const tab of tabs) {
      expect((await moments.first(tab, 'covered', wokenAt)) - wokenAt).toBeLessThan(soon)
      await moments.first(tab, 'over', wokenAt)
    }
  })

  test('the input that wakes a page past its deadline finds it covered, and revives nothing', async ({
    onTestFinished,
  }) => {
    const { tab, sleep, moments } = await machine(onTestFinished)
    await watchFirstFrame(tab, 'keydown')
    let pressed: Promise<void> | undefined
    const wokenAt = await sleep(hour, () => {
      // Waits in the page's queue until it goes on.
      pressed = tab.keyboard.press('Shift')
    })
    await pressed
    await moments.first(tab, 'over', wokenAt)
    await expectCoveredAtOnce(tab)
    await expectCoveredInFirstFrame(tab)
  })

  test('a short sleep counts as idleness', async ({ onTestFinished }) => {
    const { tab, sleep, moments } = await machine(onTestFinished)
    const wokenAt = await sleep(70_000)
    expect((await moments.first(tab, 'warned', wokenAt)) - wokenAt).toBeLessThan(soon)
    expect(await isCovered(tab)).toBe(false)
  })

  test('a clock that is set forward covers the page, asks, and uncovers a living session', async ({
    onTestFinished,
  }) => {
    const { tab, clock, moments } = await machine(onTestFinished, { serverToo: false })
    const since = Date.now() + hour
    await clock.set(hour)
    const covered = await moments.first(tab, 'covered', since)
    expect(covered - since).toBeLessThan(soon)
    await moments.first(tab, 'uncovered', since)
    await tab.getByText('Session active').waitFor()
  })

  test('a clock set back neither prolongs nor ends anything', async ({ onTestFinished }) => {
    const { tab, clock, moments } = await machine(onTestFinished, {
      serverToo: false,
      policy: { warnAfter: 6, expireAfter: 10 },
    })
    await clock.set(-hour)
    await untilQuiet(tab)
    const quiet = await tab.evaluate(() => Date.now())
    await someInput(tab)
    const warned = await moments.first(tab, 'warned', quiet)
    const since = moments.of(tab, 'input').at(-1) ?? quiet
    expect(warned - since).toBeGreaterThan(6_000 - 250)
    expect(warned - since).toBeLessThan(6_000 + 1_500)
    const over = await moments.first(tab, 'over', since)
    expect(over - since).toBeLessThan(10_000 + 1_500)
  })
})
