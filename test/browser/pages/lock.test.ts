import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Verdict } from '../../../src/index.js'
import { type Built, buildPage } from '../../support/browser/serveBuilt.js'
import { visibleBrowser } from '../../support/browser/visibleBrowser.js'

let built: Built
let served: Awaited<ReturnType<Built['serve']>>
let browser: Browser
let page: Page

beforeAll(async () => {
  built = await buildPage(`${import.meta.dirname}/lockPage`, ['index.html'])
  served = await built.serve()
  browser = await visibleBrowser()
})

afterAll(async () => {
  await browser.close()
  served.close()
  await built.remove()
})

beforeEach(async () => {
  page = await browser.newPage()
  page.setDefaultTimeout(5_000)
  await page.goto(served.url)
})

afterEach(() => page.close())

test('a locked page shows nothing on screen, to the keyboard, in print or to screen readers', async () => {
  await end()

  expect(await page.evaluate(() => document.body.innerText)).not.toMatch(/secret/i)
  expect(await page.locator('body').ariaSnapshot()).not.toMatch(/secret/i)
  expect(await page.title()).not.toContain('Ada')
  await page.emulateMedia({ media: 'print' })
  expect(
    await page
      .getByText(/secret/i)
      .filter({ visible: true })
      .count(),
  ).toBe(0)

  const reached: (string | undefined)[] = []
  for (let press = 0; press < 6; press += 1) {
    await page.keyboard.press('Tab')
    reached.push(await page.evaluate(() => document.activeElement?.closest('main, form')?.tagName))
  }
  expect(reached).toContain('FORM')
  expect(reached).not.toContain('MAIN')
})

test('a locked page comes back with text, caret, focus and both scroll positions', async () => {
  const note = page.getByLabel('Note')
  await note.fill('half a thought')
  await note.press('ArrowLeft')
  await note.press('ArrowLeft')
  await page.evaluate(() => document.getElementById('scroller')?.scrollTo(0, 300))
  const before = await whereabouts()
  expect(before).toMatchObject({ focused: 'half a thought', caret: 12, inner: 300 })
  expect(before.outer).toBeGreaterThan(1_000)

  await end()
  await signInAgain()

  await note.waitFor()
  expect(await whereabouts()).toEqual(before)
  expect(await page.title()).toBe('Ada Lovelace, 12 May')
})

test("a request right after the last one does not wait for the tab's own lock", async () => {
  await end()
  const waited = await page.evaluate(async () => {
    await window.check()
    const since = performance.now()
    await window.check()
    return performance.now() - since
  })
  // A tab that finds the lock taken looks again after 300 ms at the earliest.
  expect(waited).toBeLessThan(250)
})

test('an open modal dialog does not block the sign-in form, and stays open for the app', async () => {
  await page.getByText('Details, closed').click()
  await page.getByLabel('Secret in a dialog').fill('half a thought')

  await end()
  await signInAgain()

  await page.getByLabel('Secret in a dialog').waitFor()
  expect(await page.getByLabel('Secret in a dialog').inputValue()).toBe('half a thought')
  expect(await page.evaluate(() => document.querySelector('dialog')?.matches(':modal'))).toBe(true)
  expect(await page.getByText('Details, open').count()).toBe(1)
})

async function end(): Promise<void> {
  await say({ state: 'ended', reason: 'idle', session: '1' })
  await page.evaluate(() => window.check())
  await page.getByText('Your session is over').waitFor()
}

async function signInAgain(): Promise<void> {
  await say({ state: 'active', remaining: 600_000, session: '2', subject: 'ada' })
  await page.getByLabel('Password').fill('ada')
  await page.getByRole('button', { name: 'Sign in' }).click()
}

function say(verdict: Verdict): Promise<void> {
  return page.evaluate((said) => window.say(said), verdict)
}

function whereabouts() {
  return page.evaluate(() => {
    const field = document.activeElement as HTMLTextAreaElement
    return {
      focused: field.value,
      caret: field.selectionStart,
      outer: scrollY,
      inner: document.getElementById('scroller')?.scrollTop,
    }
  })
}
