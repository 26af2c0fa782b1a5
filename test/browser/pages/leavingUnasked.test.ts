import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Verdict } from '../../../src/index.js'
import { type Built, buildPage } from '../../support/browser/serveBuilt.js'
import { visibleBrowser } from '../../support/browser/visibleBrowser.js'

let built: Built
let served: Awaited<ReturnType<Built['serve']>>
let browser: Browser
let page: Page
/** The browser's questions whether the page should be left. */
let questions: string[]

beforeAll(async () => {
  built = await buildPage(`${import.meta.dirname}/unsavedPage`, ['index.html', 'signIn.html'])
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
  questions = []
  page.on('dialog', (dialog) => {
    questions.push(dialog.type())
    void dialog.dismiss()
  })
})

afterEach(() => page.close())

test('the browser asks about unsaved work while the session lives', async () => {
  await open('screen')
  await page.evaluate(() => {
    setTimeout(() => location.assign('/signIn.html'))
  })
  await expect.poll(() => questions).toEqual(['beforeunload'])
  expect(await page.title()).toBe('Unsaved work')
})

test('unsaved work does not hold up a redirect at the end', async () => {
  await open('redirect')
  await say({ state: 'ended', reason: 'idle', session: '1' })
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect(questions).toEqual([])
})

test('unsaved work does not hold up a reload at the end', async () => {
  await open('reload')
  const loaded = page.waitForEvent('load')
  await say({ state: 'ended', reason: 'idle', session: '1' })
  await loaded
  expect(questions).toEqual([])
})

test('unsaved work does not hold up "Sign in again"', async () => {
  await open('screen')
  await say({ state: 'ended', reason: 'idle', session: '1' })
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect(questions).toEqual([])
})

test('unsaved work does not hold up a reload for another person', async () => {
  await open('screen')
  const loaded = page.waitForEvent('load')
  await say({ state: 'active', remaining: 600_000, session: '2', subject: 'bob' })
  await loaded
  expect(questions).toEqual([])
})

/** The page, with somebody's work on it: a browser asks only where there was input. */
async function open(expiredAction: string): Promise<void> {
  await page.goto(`${served.url}/?${expiredAction}`)
  await page.getByLabel('Note').fill('half a thought')
  await page.getByLabel('Note').press('!')
}

function say(verdict: Verdict): Promise<void> {
  return page.evaluate((said) => window.say(said), verdict)
}
