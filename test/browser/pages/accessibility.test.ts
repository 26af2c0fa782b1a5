import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright'
import { expect } from 'vitest'
import { test } from '../../support/demo/demoTest.js'

const violationsOf = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
}

test('axe finds nothing in the demo: at work, in the warning, at the end, and signing in', async ({
  openDemo,
}) => {
  const {
    tabs: [tab],
  } = await openDemo({ warnAfter: 4, expireAfter: 14 })
  expect(await violationsOf(tab)).toEqual([])
  await tab.getByRole('alertdialog').waitFor()
  expect(await violationsOf(tab)).toEqual([])
  await tab.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click()
  const again = tab.getByRole('button', { name: 'Sign in again' })
  await again.waitFor()
  expect(await violationsOf(tab)).toEqual([])
  await again.click()
  await tab.getByLabel('Username').waitFor()
  expect(await violationsOf(tab)).toEqual([])
})
