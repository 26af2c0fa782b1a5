import type { Page } from 'playwright'
import { describe, expect } from 'vitest'
import { hasRed } from '../../support/browser/colours.js'
import { dialogOf, focused, stayOf, test, warn } from '../../support/browser/dialogTest.js'

/** The topmost element in the middle of "Stay signed in" is that button. */
async function isOnTop(page: Page): Promise<boolean> {
  return stayOf(page).evaluate((stay) => {
    const { left, top, width, height } = stay.getBoundingClientRect()
    return document.elementFromPoint(left + width / 2, top + height / 2) === stay
  })
}

/** By a script of the app: no click gets through the warning. */
async function openUnder(page: Page, id: string): Promise<void> {
  await page.locator(`#open-${id}`).evaluate((button) => (button as HTMLElement).click())
  await page.locator(`#${id}`).waitFor({ state: 'attached' })
}

describe('the warning survives', () => {
  test("an app's modal dialog that is open already, and gives it its focus back", async ({
    open,
  }) => {
    const page = await open()
    await page.locator('#open-native').click()
    await page.locator('#native-field').focus()
    await warn(page)
    expect(await isOnTop(page)).toBe(true)
    await stayOf(page).click()
    await expect.poll(() => focused(page)).toBe('native-field')
  })

  test("an app's modal dialog that opens later", async ({ open }) => {
    const page = await open({ left: 119_000 })
    await dialogOf(page).waitFor()
    await openUnder(page, 'native')
    await expect.poll(() => isOnTop(page)).toBe(true)
    expect(await focused(page)).toBe('alertdialog')
    await stayOf(page).click()
    await expect.poll(() => focused(page)).toBe('native-field')
  })

  describe.for([
    ["an app's Radix dialog", 'radix'],
    ['a dialog of a second copy of Radix', 'second'],
  ] as const)('%s', ([, id]) => {
    test('a dialog that opens later, and its focus trap does not win', async ({ open }) => {
      const page = await open({ left: 119_000 })
      await dialogOf(page).waitFor()
      await openUnder(page, id)
      expect(await dialogOf(page).getAttribute('aria-hidden')).toBeNull()
      expect(await isOnTop(page)).toBe(true)
      await page.keyboard.press('Tab')
      expect(await stayOf(page).evaluate((stay) => stay === document.activeElement)).toBe(true)
      await stayOf(page).click()
      await dialogOf(page).waitFor({ state: 'detached' })
      await page.locator(`#${id}-field`).click()
      expect(await focused(page)).toBe(`${id}-field`)
    })

    test('that opens later, which Escape does not close', async ({ open }) => {
      const page = await open({ left: 119_000 })
      await dialogOf(page).waitFor()
      await openUnder(page, id)
      await page.keyboard.press('Escape')
      await dialogOf(page).waitFor({ state: 'detached' })
      expect(await page.locator(`#${id}`).isVisible()).toBe(true)
    })

    test('that was open before, which Escape does not close', async ({ open }) => {
      const page = await open()
      await page.locator(`#open-${id}`).click()
      await page.locator(`#${id}-field`).focus()
      await warn(page)
      await page.keyboard.press('Escape')
      await dialogOf(page).waitFor({ state: 'detached' })
      expect(await page.locator(`#${id}`).isVisible()).toBe(true)
      await expect.poll(() => focused(page)).toBe(`${id}-field`)
    })
  })

  test('fullscreen, entered before or after', async ({ open }) => {
    const page = await open()
    await page.locator('#main').evaluate((main) => main.requestFullscreen())
    await warn(page)
    expect(await isOnTop(page)).toBe(true)
    await page.evaluate(() => document.exitFullscreen())
    await page.evaluate(() => document.getElementById('clicks')?.requestFullscreen())
    await expect.poll(() => isOnTop(page)).toBe(true)
  })
})

test("the app's aria-hidden values come back, and clicks do not reach the covered app", async ({
  open,
}) => {
  const page = await open()
  await page.locator('#root').evaluate((root) => {
    const aside = document.createElement('aside')
    aside.id = 'aside'
    aside.setAttribute('aria-hidden', 'true')
    root.after(aside)
  })
  await warn(page)
  const { x, y } = (await page.locator('#click-me').boundingBox()) ?? { x: 0, y: 0 }
  await page.mouse.click(x + 2, y + 2)
  expect(await page.locator('#clicks').textContent()).toBe('0 clicks')
  await stayOf(page).click()
  await dialogOf(page).waitFor({ state: 'detached' })
  const hidden = (id: string) => page.locator(id).getAttribute('aria-hidden')
  expect([await hidden('#root'), await hidden('#aside')]).toEqual([null, 'true'])
  await page.locator('#click-me').click()
  expect(await page.locator('#clicks').textContent()).toBe('1 clicks')
})

describe.for([
  'a modal dialog',
  'a popover',
  'a manual popover',
  'a hint',
  'a dialog that is a popover',
  'a modal dialog beside the body',
  'a popover beside the body',
  'a modal dialog in a closed shadow root',
  'a popover in a closed shadow root',
  'a dialog whose styles insist',
  'a popover that opens again when it is closed',
  'an element in fullscreen',
] as const)('%s', (name) => {
  test('that opens later does not lie on the warning', async ({ browser, open }) => {
    const page = await open({ left: 119_000 })
    await dialogOf(page).waitFor()
    await page.evaluate((opening) => window.showRed(opening), name)
    await expect
      .poll(async () => hasRed(browser, await dialogOf(page).screenshot()), { timeout: 5_000 })
      .toBe(false)
    expect(await dialogOf(page).evaluate((dialog) => dialog.matches(':modal'))).toBe(true)
    await stayOf(page).click()
    await dialogOf(page).waitFor({ state: 'detached' })
  })
})

test('elements named like members of the document do not suppress the warning', async ({
  open,
}) => {
  const page = await open()
  await page.evaluate(() => {
    const names = ['body', 'documentElement', 'head', 'title', 'activeElement', 'hidden']
    // Not `defaultView` or `createElement`: React itself needs them.
    const more = ['visibilityState', 'querySelector', 'querySelectorAll', 'designMode', 'timeline']
    const form = '<form id="form" tabindex="0"><input name="focus"><input name="closest"></form>'
    const images = [...names, ...more].map((name) => `<img name="${name}" alt="">`)
    document.body.insertAdjacentHTML('beforeend', form + images.join(''))
    HTMLElement.prototype.focus.call(document.getElementById('form'))
  })
  await warn(page)
  expect(await isOnTop(page)).toBe(true)
  await stayOf(page).click()
  await dialogOf(page).waitFor({ state: 'detached' })
  const active = () =>
    page.evaluate(() => {
      const read = Object.getOwnPropertyDescriptor(Document.prototype, 'activeElement')?.get
      return read?.call(document)?.getAttribute('id')
    })
  await expect.poll(active).toBe('form')
})
