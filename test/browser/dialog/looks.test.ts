import type { Page } from 'playwright'
import { describe, expect } from 'vitest'
import { dialogOf, stayOf, test, warn } from '../../support/browser/dialogTest.js'

/** Every edge of the dialog is within the window, and all of its text can be reached. */
async function fits(page: Page): Promise<boolean> {
  return dialogOf(page).evaluate((dialog) => {
    const { left, top, right, bottom } = dialog.getBoundingClientRect()
    const inside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
    return inside && dialog.scrollWidth <= dialog.clientWidth
  })
}

describe('the look', () => {
  test.for([
    { width: 320, height: 256 },
    { width: 320, height: 568 },
    { width: 1280, height: 720 },
  ])('fits $width × $height CSS px, and starts with its heading', async (size, { open }) => {
    const page = await open()
    await page.setViewportSize(size)
    await warn(page)
    expect(await fits(page)).toBe(true)
    expect(await dialogOf(page).evaluate((dialog) => dialog.scrollTop)).toBe(0)
    await stayOf(page).scrollIntoViewIfNeeded()
    await stayOf(page).click()
    await dialogOf(page).waitFor({ state: 'detached' })
  })

  test('has a real border in forced colours', async ({ open }) => {
    const page = await open({ left: 119_000 })
    await page.emulateMedia({ forcedColors: 'active' })
    await dialogOf(page).waitFor()
    const width = (element: Element) => Number.parseFloat(getComputedStyle(element).borderTopWidth)
    expect(await dialogOf(page).evaluate(width)).toBeGreaterThanOrEqual(2)
    expect(await stayOf(page).evaluate(width)).toBeGreaterThanOrEqual(2)
    const [text, behind] = await stayOf(page).evaluate((stay) => {
      const { color, backgroundColor } = getComputedStyle(stay)
      return [color, backgroundColor]
    })
    expect(text).not.toBe(behind)
  })

  test('stands still where motion is unwelcome', async ({ open }) => {
    const page = await open()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await warn(page)
    expect(await dialogOf(page).evaluate((dialog) => dialog.getAnimations().length)).toBe(0)
  })

  test("follows the app's colour scheme", async ({ open }) => {
    const page = await open({ left: 119_000 })
    await dialogOf(page).waitFor()
    const background = () =>
      dialogOf(page).evaluate((dialog) => getComputedStyle(dialog).backgroundColor)
    expect(await background()).toBe('rgb(255, 255, 255)')
    await page.evaluate(() => {
      document.documentElement.style.colorScheme = 'dark'
    })
    expect(await background()).toBe('rgb(18, 18, 18)')
  })

  test('is not printed', async ({ open }) => {
    const page = await open({ left: 119_000 })
    await dialogOf(page).waitFor()
    await page.emulateMedia({ media: 'print' })
    expect(await dialogOf(page).isVisible()).toBe(false)
  })

  test('allows pinch zoom', async ({ open }) => {
    const page = await open({ left: 119_000 })
    await dialogOf(page).waitFor()
    const prevented = await page.evaluate(() => {
      const pinch = new WheelEvent('wheel', { ctrlKey: true, cancelable: true, bubbles: true })
      document.querySelector('[role="alertdialog"]')?.dispatchEvent(pinch)
      return pinch.defaultPrevented
    })
    expect(prevented).toBe(false)
  })
})

test('Welsh texts do not need Intl, which does not know Welsh', async ({ open }) => {
  const page = await open({ left: 119_000, lang: 'cy' })
  const timer = page.getByRole('timer')
  await timer.waitFor()
  expect(await timer.textContent()).toBe('Cewch eich allgofnodi ymhen 2 funud.')
  expect(await dialogOf(page).getAttribute('lang')).toBe('cy')
})
