import type { Page } from 'playwright'

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
