import type { BrowserContext } from 'playwright'
import { expect, test } from 'vitest'
import { openTabs } from '../setup/demoTest.js'
import { type RealBrowser, realBrowser } from '../setup/realBrowser.js'
import { type DemoOptions, startDemo } from '../setup/startDemo.js'
import { someInput } from '../setup/user.js'

interface Opening extends DemoOptions {
  tabs?: number
  prepare?: (context: BrowserContext) => Promise<unknown>
}

async function open(
  onTestFinished: (end: () => Promise<void>) => void,
  { tabs = 1, prepare, ...options }: Opening = {},
) {
  const demo = await startDemo(options)
  onTestFinished(demo.stop)
  const browser: RealBrowser = await realBrowser()
  onTestFinished(browser.close)
  await prepare?.(browser.context)
  return { demo, context: browser.context, ...(await openTabs(browser.context, demo.url, tabs)) }
}

test('a frozen tab that goes on past the deadline is covered in its first frame, then over', async ({
  onTestFinished,
}) => {
  const { tabs, moments, context, idleSince } = await open(onTestFinished, { tabs: 2 })
  const [first, second] = tabs
  if (!second) throw new Error('no second tab')
  const connection = await context.newCDPSession(first)
  await first.evaluate(() => {
    addEventListener(
      'resume',
      () => {
        requestAnimationFrame(() => {
          Object.assign(window, {
            coveredInFirstFrame: document.querySelector('#notes')?.closest('[inert]') !== null,
          })
        })
      },
      true,
    )
  })
  await connection.send('Page.setWebLifecycleState', { state: 'frozen' })
  await moments.first(second, 'over', idleSince)
  await connection.send('Page.setWebLifecycleState', { state: 'active' })
  await first.bringToFront()
  await moments.first(first, 'over', idleSince)
  const inFirstFrame = await first.evaluate(() => Reflect.get(window, 'coveredInFirstFrame'))
  // The screen may be there already; the notes are not, either way.
  expect(inFirstFrame).not.toBe(false)
})

test('a page that comes back from the cache after a sign-out shows nothing', async ({
  onTestFinished,
}) => {
  const { tabs, demo, context } = await open(onTestFinished, { warnAfter: 60, expireAfter: 120 })
  const [tab] = tabs
  const other = await context.newPage()
  await other.goto(demo.url)
  await other.getByText('Session active').waitFor()
  await tab.bringToFront()
  await tab.goto(`${demo.url}/api/config`)
  await other.bringToFront()
  await other.getByRole('button', { name: 'Sign out' }).click()
  await other.getByRole('button', { name: 'Sign in again' }).waitFor()
  await tab.bringToFront()
  await tab.goBack({ waitUntil: 'commit' })
  await expect.poll(() => tab.getByText('Signed in as ada').isVisible()).toBe(false)
  await tab.getByRole('button', { name: /^Sign in/ }).waitFor()
})

test('activity not yet reported is reported when the page is left', async ({ onTestFinished }) => {
  const { tabs, demo, context } = await open(onTestFinished, {
    warnAfter: 60,
    expireAfter: 120,
  })
  const [tab] = tabs
  const idleFor = async () => {
    const answer = await context.request.get(`${demo.url}/api/cases`)
    return Number(answer.headers()['session-idle'])
  }
  // Half a minute would pass before the next report.
  await expect.poll(idleFor, { timeout: 5_000 }).toBeGreaterThan(2)
  await someInput(tab)
  await tab.close({ runBeforeUnload: true })
  await expect.poll(idleFor).toBeLessThan(2)
})

test('without BroadcastChannel and Web Locks tabs still warn, stay and end together', async ({
  onTestFinished,
}) => {
  const { tabs, moments, idleSince } = await open(onTestFinished, {
    tabs: 2,
    prepare: (context) =>
      context.addInitScript(() => {
        Reflect.deleteProperty(window, 'BroadcastChannel')
        Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined })
      }),
  })
  const [first, second] = tabs
  if (!second) throw new Error('no second tab')
  for (const tab of [first, second]) await moments.first(tab, 'warned', idleSince)
  const since = Date.now()
  await someInput(second)
  for (const tab of [first, second]) await moments.first(tab, 'warning closed', since)
  const times = []
  for (const tab of [first, second]) times.push(await moments.first(tab, 'over', since))
  // The hidden tab's timers wait for its next full second, which began right before the input here,
  // and then for their turn.
  expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1_250)
})
