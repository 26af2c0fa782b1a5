import type { Page } from 'playwright'
import { describe, expect } from 'vitest'
import { dialogOf, stayOf, test, warn } from '../../support/browser/dialogTest.js'

interface Spoken {
  role: string
  name: string
  description: string
}

/** What Chromium tells a screen reader about, ignored nodes left out. */
async function accessibilityTree(page: Page): Promise<Spoken[]> {
  const connection = await page.context().newCDPSession(page)
  const { nodes } = await connection.send('Accessibility.getFullAXTree')
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, description }) => ({
      role: String(role?.value ?? ''),
      name: String(name?.value ?? ''),
      description: String(description?.value ?? ''),
    }))
}

describe('a screen reader', () => {
  test('hears of a modal alert dialog, its name and description, and of nothing beneath', async ({
    open,
  }) => {
    const page = await open({ left: 119_000 })
    await dialogOf(page).waitFor()
    const tree = await accessibilityTree(page)
    const dialog = tree.find(({ role }) => role === 'alertdialog')
    expect(dialog?.name).toBe("You're about to be signed out")
    expect(dialog?.description).toMatch(/^For your security/)
    expect(tree.map(({ name }) => name)).not.toContain('Case 4711 ')
    expect(tree.some(({ role, name }) => role === 'button' && name === 'Click me')).toBe(false)
  })
})

describe('the live region', () => {
  test('stands empty within the dialog, outside of the visible countdown', async ({ open }) => {
    const page = await open({ left: 119_000 })
    await dialogOf(page).waitFor()
    const region = dialogOf(page).locator('[aria-live]')
    expect(await region.count()).toBe(1)
    expect(await region.getAttribute('aria-atomic')).toBe('true')
    expect(await region.textContent()).toBe('')
    expect(await page.locator('[aria-live] [aria-hidden], [aria-live] [role=timer]').count()).toBe(
      0,
    )
  })

  test('announces each moment once, and never every second', async ({ open }) => {
    const page = await open()
    await page.clock.install()
    await page.reload()
    await page.evaluate(() => window.session.recordActivity())
    await warn(page)
    const heard = await page.evaluate(() => {
      const said: [string | null, string][] = []
      const region = document.querySelector('[role="alertdialog"] [aria-live]')
      if (!region) throw new Error('no region')
      new MutationObserver(() =>
        said.push([region.getAttribute('aria-live'), region.textContent]),
      ).observe(region, { childList: true, characterData: true, subtree: true })
      Object.assign(window, { said })
      return said
    })
    expect(heard).toEqual([])
    for (let second = 0; second < 118; second += 1) await page.clock.runFor(1_000)
    expect(await page.evaluate(() => (window as unknown as { said: unknown }).said)).toEqual([
      ['polite', "You'll be signed out in 1 minute."],
      ['polite', "You'll be signed out in 40 seconds."],
      ['assertive', "You'll be signed out in 20 seconds."],
    ])
  })

  test('outside the dialog says how it ended, once that is in the tree again', async ({ open }) => {
    const page = await open({ left: 119_000 })
    await stayOf(page).click()
    const outcome = page.locator('[aria-live]', { hasText: "You're still signed in." })
    await outcome.waitFor({ state: 'attached' })
    expect(await dialogOf(page).count()).toBe(0)
    const tree = await accessibilityTree(page)
    expect(tree.some(({ name }) => name === "You're still signed in.")).toBe(true)
  })
})
