import type { Page } from 'playwright'
import { expect } from 'vitest'

/** Notes whether the content was in reach as `start` came, and in the first frame after it. */
export function watchFirstFrame(page: Page, start: string): Promise<void> {
  return page.evaluate((type) => {
    const isCovered = () => document.querySelector('#notes')?.closest('[inert]') !== null
    const watch = () => {
      Object.assign(window, { coveredAtOnce: isCovered() })
      requestAnimationFrame(() => Object.assign(window, { coveredInFirstFrame: isCovered() }))
    }
    // After the library's own listener, which is there since the page loaded.
    addEventListener(type, watch, { capture: true, once: true })
  }, start)
}

/** Where the event is input, which is looked at before anything else of the page's can come. */
export async function expectCoveredAtOnce(page: Page): Promise<void> {
  expect(await page.evaluate(() => Reflect.get(window, 'coveredAtOnce'))).toBe(true)
}

export async function expectCoveredInFirstFrame(page: Page): Promise<void> {
  // The screen may be there already; the notes are not, either way.
  expect(await page.evaluate(() => Reflect.get(window, 'coveredInFirstFrame'))).not.toBe(false)
}
