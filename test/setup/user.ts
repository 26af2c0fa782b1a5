import type { Page } from 'playwright'

/** Fills in the sign-in form; the password is the name. Resolves when the cases are there. */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.getByLabel('Username').fill(name)
  await page.getByLabel('Password').fill(name)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText(`Signed in as ${name}`).waitFor()
  await page.getByRole('listitem').first().waitFor()
}

let position = 0

/** Moves the mouse, each time to another place: a move to the same one is no input. */
export async function someInput(page: Page): Promise<void> {
  position = (position + 7) % 200
  await page.mouse.move(20 + position, 200 + position)
}
