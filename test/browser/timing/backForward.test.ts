import type { BrowserContext, Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import type { Cleanup } from '../../support/browser/openInRealBrowser.js'
import { realBrowser } from '../../support/browser/realBrowser.js'
import { openTabs } from '../../support/demo/demoTest.js'
import { keptPages } from '../../support/demo/keptPages.js'
import { type DemoOptions, startDemo } from '../../support/demo/startDemo.js'
import { signOutElsewhere } from '../../support/demo/user.js'

type Cached = 'no-store' | 'no-cache'

const long = { warnAfter: 60, expireAfter: 120 }

/** A page that was left for another, so that going back may show it as it was. */
async function leftPage(onTestFinished: Cleanup, cached: Cached, options: DemoOptions = {}) {
  const demo = await startDemo(options)
  onTestFinished(demo.stop)
  const kept = await keptPages(demo.url)
  onTestFinished(kept.close)
  const { context, close } = await realBrowser()
  onTestFinished(close)
  await context.addInitScript(noteRestores)
  const url = cached === 'no-store' ? demo.url : kept.url
  const { tabs } = await openTabs(context, url, 1)
  const [tab] = tabs
  await tab.getByRole('textbox', { name: 'Notes' }).fill('half a thought')
  await tab.goto(`${url}/api/config`)
  return { tab, context, url }
}

interface Restored {
  /** In the first frame that the page itself made. */
  contentInReach: boolean
}

/** Runs in the page. */
function noteRestores(): void {
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    requestAnimationFrame(() => {
      const notes = document.querySelector('#notes')
      const contentInReach = notes !== null && notes.closest('[inert]') === null
      Object.assign(window, { restored: { contentInReach } })
    })
  })
}

const restored = (tab: Page): Promise<Restored | undefined> =>
  tab.evaluate(() => Reflect.get(window, 'restored'))

async function goBack(tab: Page): Promise<void> {
  await tab.goBack({ waitUntil: 'commit' })
}

async function untilEnded(context: BrowserContext, url: string): Promise<void> {
  const status = async () => (await context.request.get(`${url}/api/cases`)).status()
  await expect.poll(status, { timeout: 20_000, interval: 500 }).toBe(401)
}

describe.concurrent('going back to a page that the browser kept', () => {
  test('while the session lives: covered in its first frame, then as it was', async ({
    onTestFinished,
  }) => {
    const { tab } = await leftPage(onTestFinished, 'no-cache', long)
    await goBack(tab)
    await tab.getByText('Session active').waitFor()
    expect(await restored(tab)).toEqual({ contentInReach: false })
    const notes = tab.getByRole('textbox', { name: 'Notes' })
    await expect.poll(() => notes.inputValue()).toBe('half a thought')
  })

  test('after its session expired: nothing to see', async ({ onTestFinished }) => {
    const { tab, context, url } = await leftPage(onTestFinished, 'no-cache')
    await untilEnded(context, url)
    await goBack(tab)
    await expectNothing(tab)
    expect(await restored(tab)).toEqual({ contentInReach: false })
  })

  test('after a sign-out elsewhere: nothing to see', async ({ onTestFinished }) => {
    const { tab, context, url } = await leftPage(onTestFinished, 'no-cache', long)
    await signOutElsewhere(context, url)
    await goBack(tab)
    await expectNothing(tab)
    expect(await restored(tab)).toEqual({ contentInReach: false })
  })
})

describe.concurrent('going back to a page with no-store loads it again', () => {
  test('while the session lives', async ({ onTestFinished }) => {
    const { tab } = await leftPage(onTestFinished, 'no-store', long)
    await goBack(tab)
    await tab.getByText('Session active').waitFor()
    expect(await restored(tab)).toBeUndefined()
  })

  test('after its session expired: nothing to see', async ({ onTestFinished }) => {
    const { tab, context, url } = await leftPage(onTestFinished, 'no-store')
    await untilEnded(context, url)
    await goBack(tab)
    await expectNothing(tab)
    expect(await restored(tab)).toBeUndefined()
  })

  test('after a sign-out elsewhere: nothing to see', async ({ onTestFinished }) => {
    const { tab, context, url } = await leftPage(onTestFinished, 'no-store', long)
    await signOutElsewhere(context, url)
    await goBack(tab)
    await expectNothing(tab)
    expect(await restored(tab)).toBeUndefined()
  })
})

async function expectNothing(tab: Page): Promise<void> {
  await tab.getByRole('button', { name: /^Sign in/ }).waitFor()
  expect(await tab.getByText('Signed in as ada').isVisible()).toBe(false)
  expect(await tab.locator('#notes').count()).toBe(0)
}
