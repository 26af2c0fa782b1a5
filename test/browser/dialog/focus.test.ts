import { describe, expect } from 'vitest'
import { dialogOf, focused, stayOf, test, warn } from '../../support/browser/dialogTest.js'

declare global {
  interface Window {
    focusedButtons: string[]
  }
}

describe('the focus', () => {
  test('goes to the dialog, and the keys the user was typing press nothing', async ({ open }) => {
    const page = await open()
    await page.locator('#notes').focus()
    await page.evaluate(() => {
      window.focusedButtons = []
      document.addEventListener('focusin', ({ target }) => {
        if (target instanceof HTMLButtonElement) window.focusedButtons.push(target.textContent)
      })
    })
    await warn(page)
    expect(await focused(page)).toBe('alertdialog')
    expect(await page.evaluate(() => window.focusedButtons)).toEqual([])
    await page.keyboard.type('hello world')
    await page.keyboard.press('Enter')
    expect(await dialogOf(page).getAttribute('data-extension')).toBe('idle')
    expect(await page.evaluate(() => window.server)).toMatchObject({ extended: 0, ended: null })
  })

  test('on "Stay signed in" ignores Enter and Space for a second, and always ignores key repeats', async ({
    open,
  }) => {
    const page = await open({ initialFocus: 'stay' })
    await page.clock.install()
    await page.reload()
    // A question under way would time out in the minute that passes at once.
    await page.waitForFunction(() => window.session?.getState().status === 'active')
    await page.clock.pauseAt(Date.now() + 60_000)
    await page.evaluate(() => {
      window.server.hurry()
      return window.session.check()
    })
    await expect
      .poll(async () => {
        await page.clock.runFor(50)
        return stayOf(page).isVisible()
      })
      .toBe(true)
    expect(await stayOf(page).evaluate((stay) => stay === document.activeElement)).toBe(true)
    await page.keyboard.press('Space')
    await page.keyboard.down('Enter')
    await page.clock.runFor(1_100)
    // The key is still held: these are repeats.
    await page.keyboard.down('Enter')
    await page.keyboard.up('Enter')
    expect(await page.evaluate(() => window.server.extended)).toBe(0)
    await page.keyboard.press('Enter')
    await dialogOf(page).waitFor({ state: 'detached' })
  })

  test('stays in the dialog in both directions, whatever is added to the page', async ({
    open,
  }) => {
    const page = await open({ left: 119_000 })
    await dialogOf(page).waitFor()
    await page.evaluate(() => {
      const button = document.createElement('button')
      button.id = 'late'
      document.body.append(button)
      button.focus()
    })
    const order: string[] = []
    for (const key of ['Shift+Tab', 'Tab', 'Tab', 'Tab', 'Shift+Tab']) {
      await page.keyboard.press(key)
      order.push(await page.evaluate(() => document.activeElement?.textContent ?? ''))
    }
    const [stay, signOut] = ['Stay signed in', 'Sign out']
    expect(order).toEqual([signOut, stay, signOut, stay, signOut])
  })

  test('survives a click beside the dialog', async ({ open }) => {
    const page = await open({ left: 119_000 })
    await dialogOf(page).waitFor()
    await page.keyboard.press('Tab')
    await page.mouse.click(5, 5)
    expect(await stayOf(page).evaluate((stay) => stay === document.activeElement)).toBe(true)
    await expect.poll(() => dialogOf(page).isVisible()).toBe(true)
  })

  test('returns to where it was, with caret and scroll position', async ({ open }) => {
    const page = await open()
    await page.locator('#notes').evaluate((notes: HTMLTextAreaElement) => {
      notes.focus()
      notes.setSelectionRange(4, 13, 'backward')
      scrollTo(0, 40)
    })
    await warn(page)
    await stayOf(page).click()
    await expect.poll(() => focused(page)).toBe('notes')
    const place = await page.locator('#notes').evaluate((notes: HTMLTextAreaElement) => {
      const { selectionStart, selectionEnd, selectionDirection } = notes
      return [selectionStart, selectionEnd, selectionDirection, scrollY]
    })
    expect(place).toEqual([4, 13, 'backward', 40])
  })

  test('returns into an editor, to the same character', async ({ open }) => {
    const page = await open()
    await page.locator('#editor').evaluate((editor) => {
      ;(editor as HTMLElement).focus()
      getSelection()?.collapse(editor.firstChild, 8)
    })
    await warn(page)
    await stayOf(page).click()
    await expect.poll(() => focused(page)).toBe('editor')
    expect(await page.evaluate(() => getSelection()?.anchorOffset)).toBe(8)
  })

  test('returns into the field of an iframe', async ({ open }) => {
    const page = await open()
    const inner = page.frameLocator('#frame').locator('#inner')
    await inner.focus()
    await warn(page)
    await stayOf(page).click()
    await expect.poll(() => focused(page)).toBe('frame')
    expect(await inner.evaluate((field) => field.ownerDocument.activeElement === field)).toBe(true)
  })

  test('goes to the main content if its element is gone', async ({ open }) => {
    const page = await open()
    await page.locator('#notes').focus()
    await warn(page)
    await page.locator('#remove-field').evaluate((button) => (button as HTMLElement).click())
    await stayOf(page).click()
    await expect.poll(() => focused(page)).toBe('main')
  })
})

test('Escape stays signed in once, and never only hides the warning', async ({ open }) => {
  const page = await open({ left: 119_000 })
  await dialogOf(page).waitFor()
  await page.evaluate(() => {
    window.server.mood = 'silent'
  })
  for (let time = 0; time < 5; time += 1) await page.keyboard.press('Escape')
  // Shown only once the answer takes long.
  await expect.poll(() => dialogOf(page).getAttribute('data-extension')).toBe('pending')
  expect(await dialogOf(page).isVisible()).toBe(true)
})

test('Escape can be ignored, and the dialog stays open', async ({ open }) => {
  const page = await open({ left: 119_000, onEscape: 'ignore' })
  await dialogOf(page).waitFor()
  for (let time = 0; time < 5; time += 1) await page.keyboard.press('Escape')
  expect(await dialogOf(page).isVisible()).toBe(true)
  expect(await page.evaluate(() => window.server.extended)).toBe(0)
})
