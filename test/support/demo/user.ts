import type { BrowserContext, Page } from 'playwright'
import { expect } from 'vitest'

/** Fills in the sign-in form; the password is the name. Resolves when the cases are there. */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.getByLabel('Username').fill(name)
  await page.getByLabel('Password').fill(name)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText(`Signed in as ${name}`).waitFor()
  await page.getByRole('listitem').first().waitFor()
}

/** A key that does nothing. */
export async function someInput(page: Page): Promise<void> {
  await page.keyboard.press('Shift')
}

/** Ends the session on the server, as another device with the same cookie would. */
export async function signOutElsewhere(context: BrowserContext, url: string): Promise<void> {
  const endpoint = `${url}/session-security`
  const headers = { Origin: url }
  const { session } = await (await context.request.get(endpoint, { headers })).json()
  const answer = await context.request.delete(endpoint, { headers, data: { v: 1, session } })
  expect(answer.status()).toBe(204)
}
