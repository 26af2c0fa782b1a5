import type { Page } from 'playwright'
import { describe, expect } from 'vitest'
import { test } from '../../support/demo/demoTest.js'
import { signIn } from '../../support/demo/user.js'

describe.concurrent('after the end', () => {
  test('neither the page nor the query cache holds the case list, and the server refuses it', async ({
    openDemo,
  }) => {
    const { tabs, moments, polled } = await openDemo()
    const [tab] = tabs
    const people = await tab.locator('li').allInnerTexts()
    expect(people.length).toBeGreaterThan(0)
    expect(await queriesIn(tab)).toBeGreaterThan(0)

    const over = await moments.first(tab, 'over')

    expect(await tab.locator('li').count()).toBe(0)
    expect(await queriesIn(tab)).toBe(0)
    expect(await tab.evaluate(() => fetch('/api/cases').then(({ status }) => status))).toBe(401)
    const asked = polled.since(over)
    // Longer than the list's interval: a poll that survived would have shown itself by now.
    await tab.waitForFunction((begin) => Date.now() > begin + 2_500, over)
    expect(polled.since(over)).toBe(asked)
    expect(await queriesIn(tab)).toBe(0)
  })

  test('a new sign-in works', async ({ openDemo }) => {
    const { tabs, moments } = await openDemo()
    const [tab] = tabs
    await moments.first(tab, 'over')

    await tab.getByRole('button', { name: 'Sign in again' }).click()
    await signIn(tab, 'ada')

    await tab.getByText('Session active').waitFor()
    expect(await tab.locator('li').count()).toBeGreaterThan(0)
  })

  test('signing out in one tab shows it in all', async ({ openDemo }) => {
    const { tabs, moments } = await openDemo({ tabs: 3 })
    const [first] = tabs

    await first.getByRole('button', { name: 'Sign out' }).click()

    const pressed = moments.lastInput()
    for (const tab of tabs) {
      // Sooner than the list's next poll would bring it to light.
      expect((await moments.first(tab, 'over')) - pressed).toBeLessThanOrEqual(1_000)
      expect(await tab.locator('li').count()).toBe(0)
      expect(await queriesIn(tab)).toBe(0)
    }
    expect(await first.evaluate(() => fetch('/api/cases').then(({ status }) => status))).toBe(401)
  })

  test('the polling list has not kept the session alive', async ({ openDemo }) => {
    const { tabs, moments, idleSince, polled, hypervisor } = await openDemo()
    const due = idleSince + 8_000

    const over = await moments.first(tabs[0], 'over')

    expect(polled.since(idleSince)).toBeGreaterThanOrEqual(3)
    expect(over - due).toBeLessThanOrEqual(250 + hypervisor.took(due, over))
  })
})

function queriesIn(tab: Page): Promise<number | undefined> {
  return tab.evaluate(() => window.__TANSTACK_QUERY_CLIENT__?.getQueryCache().getAll().length)
}
