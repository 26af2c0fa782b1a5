import { expect } from 'vitest'
import { test } from '../../support/demo/demoTest.js'

test('a keyboard alone goes through warning, staying and the way back to the notes', async ({
  openDemo,
}) => {
  const { tabs, moments, idleSince } = await openDemo({ extendOn: 'button' })
  const [tab] = tabs
  const notes = tab.getByLabel('Notes')
  await notes.focus()
  await tab.keyboard.type('Called back at noon.')
  await moments.first(tab, 'warned', idleSince)
  const dialog = tab.getByRole('alertdialog', { name: "You're about to be signed out" })
  const stay = dialog.getByRole('button', { name: 'Stay signed in' })
  const out = dialog.getByRole('button', { name: 'Sign out' })

  const focusIsOn = (target: typeof dialog) =>
    target.evaluate((element) => element === document.activeElement)

  // Not on a button: a space that was meant for the notes would press it.
  expect(await focusIsOn(dialog)).toBe(true)
  await tab.keyboard.press('Tab')
  expect(await focusIsOn(stay)).toBe(true)
  await tab.keyboard.press('Tab')
  expect(await focusIsOn(out)).toBe(true)
  await tab.keyboard.press('Tab')
  expect(await focusIsOn(stay)).toBe(true)

  await tab.keyboard.press('Enter')

  await moments.first(tab, 'warning closed', idleSince)
  expect(await focusIsOn(notes)).toBe(true)
  await tab.keyboard.type(' Agreed.')
  expect(await notes.inputValue()).toBe('Called back at noon. Agreed.')
})
