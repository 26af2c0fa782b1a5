import { expect } from 'vitest'
import { test } from '../../support/demo/demoTest.js'

test("the demo's sign-in page says that a password was wrong, and when to try again", async ({
  browser,
  openDemo,
  onTestFinished,
}) => {
  const { demo } = await openDemo()
  const context = await browser.newContext()
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(demo.url)
  const tryWith = async (password: string) => {
    await page.getByLabel('Username').fill('bob')
    await page.getByLabel('Password').fill(password)
    const answered = page.waitForResponse('**/api/sign-in')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await answered
  }

  for (let guess = 0; guess < 10; guess += 1) {
    await tryWith(`guess ${guess}`)
    await page.getByText('This username and password do not belong together.').waitFor()
  }
  await tryWith('bob')
  const problem = page.getByRole('alert')
  await expect.poll(() => problem.textContent()).toMatch(/^Too many attempts. Try again in \d+ s/)
})
