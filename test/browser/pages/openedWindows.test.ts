import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { recordProblems } from '../../support/browser/recordProblems.js'
import { type Built, buildPage } from '../../support/browser/serveBuilt.js'
import { visibleBrowser } from '../../support/browser/visibleBrowser.js'

let built: Built
let served: Awaited<ReturnType<Built['serve']>>
let browser: Browser
let context: BrowserContext
let problems: string[]
let page: Page
/** The window that the page opened and renders into. */
let opened: Page

beforeAll(async () => {
  built = await buildPage(`${import.meta.dirname}/windowsPage`, ['index.html', 'other.html'])
  served = await built.serve()
  browser = await visibleBrowser()
})

afterAll(async () => {
  await browser.close()
  served.close()
  await built.remove()
})

beforeEach(async () => {
  context = await browser.newContext()
  problems = recordProblems(context)
  page = await context.newPage()
  page.setDefaultTimeout(10_000)
  await page.goto(served.url)
  const popup = page.waitForEvent('popup')
  await page.getByRole('button', { name: 'Open' }).click()
  opened = await popup
  await opened.getByLabel('Ada Lovelace').waitFor()
})

afterEach(async () => {
  await context.close()
  expect(problems).toEqual([])
})

test('typing in a window that the app opened is activity', async () => {
  await page.waitForFunction(() => window.session.idleFor() > 1_100)
  await opened.getByLabel('Ada Lovelace').press('a')
  expect(await page.evaluate(() => window.session.idleFor())).toBeLessThan(1_000)
})

test('an opened window is covered while the page is, and shown again afterwards', async () => {
  await opened.getByLabel('Ada Lovelace').fill('half a thought')
  const before = await opened.screenshot()
  await doubt()
  await expect.poll(() => opened.title()).toBe('One moment, please …')
  expect((await opened.screenshot()).equals(before)).toBe(false)
  expect(await opened.evaluate(() => document.body.innerText)).not.toContain('Ada')
  expect(await opened.locator('body').ariaSnapshot()).not.toContain('Ada')

  await page.evaluate(() => {
    window.answer({ state: 'active', remaining: 600_000, session: '1', subject: 'ada' })
  })
  await expect.poll(() => opened.title()).toBe('Ada Lovelace')
  expect((await opened.screenshot()).equals(before)).toBe(true)
  expect(await opened.getByLabel('Ada Lovelace').inputValue()).toBe('half a thought')
})

test('an opened window that loaded another page since it was added counts and is covered, too', async () => {
  const popup = page.waitForEvent('popup')
  await page.evaluate(() => {
    window.add(window.open('other.html', '', 'popup,width=320,height=200'))
  })
  const other = await popup
  await other.getByText('Charles Babbage').waitFor()
  await page.waitForFunction(() => window.session.idleFor() > 1_100)
  await other.getByLabel('Charles Babbage').press('a')
  expect(await page.evaluate(() => window.session.idleFor())).toBeLessThan(1_000)
  await doubt()
  await expect.poll(() => other.title()).toBe('One moment, please …')
  expect(await other.evaluate(() => document.body.innerText)).not.toContain('Charles')

  await other.reload()
  await expect.poll(() => other.title()).toBe('One moment, please …')
})

test('an opened window that is added while the page is covered is covered at once', async () => {
  await doubt()
  const popup = page.waitForEvent('popup')
  await page.evaluate(() => {
    const another = window.open('', '', 'popup')
    if (another) another.document.title = 'Charles Babbage'
    window.add(another)
  })
  const late = await popup
  await expect.poll(() => late.title()).toBe('One moment, please …')
})

test('an opened window is emptied and closed at the end, and React does not fail', async () => {
  await keepOpen()
  await page.evaluate(() => {
    window.answer({ state: 'ended', reason: 'idle', session: '1' })
    return window.session.check()
  })
  await page.getByRole('heading').waitFor()
  expect(await opened.evaluate(() => document.documentElement.outerHTML)).toBe('<html></html>')
})

test('an opened window closes with the session', async () => {
  const closed = opened.waitForEvent('close')
  await page.evaluate(() => {
    window.answer({ state: 'ended', reason: 'idle', session: '1' })
    return window.session.check()
  })
  await closed
})

test('an opened window closes when the page that renders into it goes away', async () => {
  const closed = opened.waitForEvent('close')
  await page.reload()
  await closed
})

test('an opened window that was released is left alone', async () => {
  await page.evaluate(() => {
    const other = window.open('', '', 'popup')
    if (other) other.document.title = 'Public'
    window.add(other)()
    Object.assign(window, { other })
    window.answer({ state: 'ended', reason: 'idle', session: '1' })
    return window.session.check()
  })
  const left = await page.evaluate(() => {
    const { other } = window as unknown as { other: Window }
    return [other.closed, other.document.title]
  })
  expect(left).toEqual([false, 'Public'])
})

test('only windows of the same origin are taken, and a blocked one is ignored', async () => {
  const foreign = await built.serve()
  const result = page.evaluate(async (url) => {
    window.add(null)
    const other = window.open(url)
    // Until its document is there it still shows the page's own.
    while (canRead(other)) await new Promise((next) => setTimeout(next, 20))
    try {
      window.add(other)
      return 'taken'
    } catch (error) {
      return String(error)
    }
    function canRead(target: Window | null): boolean {
      try {
        return target?.document !== undefined
      } catch {
        return false
      }
    }
  }, foreign.url)
  expect(await result).toMatch(/can only add windows of this page's own origin/)
  foreign.close()
})

/** The server said something that it is asked about once more, and is silent then. */
async function doubt(): Promise<void> {
  await page.evaluate(async () => {
    window.answer({ state: 'ended', reason: 'unknown' }, null)
    const covered = new Promise<void>((resolve) => {
      window.session.subscribe(() => window.session.getState().covered && resolve())
    })
    void window.session.check()
    await covered
  })
}

/** To look at what is left in it. */
async function keepOpen(): Promise<void> {
  await opened.evaluate(() => {
    window.close = () => {}
  })
}
