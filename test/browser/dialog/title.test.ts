import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type RealBrowser, realBrowser } from '../../support/browser/realBrowser.js'

let browser: RealBrowser
beforeAll(async () => {
  browser = await realBrowser()
})
afterAll(() => browser.close())

test('a hidden tab counts down in its title, and restores the title', async () => {
  const page = await browser.context.newPage()
  await page.goto(`${inject('dialogPage')}?left=119000`)
  await page.getByRole('alertdialog').waitFor()
  expect(await page.title()).toBe('Case 4711')
  const other = await browser.context.newPage()
  await other.bringToFront()
  await expect.poll(() => page.title()).toMatch(/^\((2:00|1:45)\) Case 4711$/)
  await page.bringToFront()
  await expect.poll(() => page.title()).toBe('Case 4711')
})
