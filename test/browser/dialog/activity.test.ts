import { describe, expect } from 'vitest'
import { dialogOf, test, warn } from '../../support/browser/dialogTest.js'

describe('what extends', () => {
  test("with 'activity' any input does, and the outcome is announced", async ({ open }) => {
    const page = await open({ left: 119_000, extendOn: 'activity' })
    await dialogOf(page).waitFor()
    await page.mouse.move(100, 100)
    await page.mouse.move(140, 120)
    await dialogOf(page).waitFor({ state: 'detached' })
    await page.getByText("You're still signed in.").waitFor({ state: 'attached' })
  })

  test("with 'button' neither mouse nor keys do", async ({ open }) => {
    const page = await open({ left: 119_000 })
    await dialogOf(page).waitFor()
    await page.mouse.move(100, 100)
    await page.mouse.move(140, 120)
    await page.keyboard.press('Tab')
    await page.waitForTimeout(500)
    expect(await dialogOf(page).isVisible()).toBe(true)
    expect(await page.evaluate(() => window.server.extended)).toBe(0)
  })
})

test('dismissing the warning before the absolute end lets the user save', async ({ open }) => {
  const page = await open({ left: 280_000, absolute: true })
  await page.getByRole('button', { name: 'Continue and save' }).click()
  await dialogOf(page).waitFor({ state: 'detached' })
  await page.locator('#click-me').click()
  expect(await page.locator('#clicks').textContent()).toBe('1 clicks')
  await page.locator('#notes').fill('saved in time')
  expect(await page.getByRole('timer').textContent()).toBe('Your session ends in 5 minutes.')
})

test('at the end nothing of the app is left, and the heading has the focus', async ({ open }) => {
  const page = await open()
  await warn(page)
  await page.evaluate(() => {
    window.server.ended = 'idle'
    return window.session.check()
  })
  const heading = page.getByRole('heading', { name: "You've been signed out" })
  await heading.waitFor()
  await expect.poll(() => heading.evaluate((it) => it === document.activeElement)).toBe(true)
  expect(await page.locator('#notes').count()).toBe(0)
})
