import type { Page } from 'playwright'
import { expect } from 'vitest'

/** Notes whether the content was in reach in the first frame after `start`. */
export function watchFirstFrame(page: Page, start: string): Promise<void> {
  return page.evaluate((type) => {
    const watch = () =>
      requestAnimationFrame(() => {
        const covered = document.querySelector('#notes')?.closest('[inert]') !== null
        Object.assign(window, { coveredInFirstFrame: covered })
      })
    addEventListener(type, watch, { capture: true, once: true })
  }, start)
}

export async function expectCoveredInFirstFrame(page: Page): Promise<void> {
  // The screen may be there already; the notes are not, either way.
  expect(await page.evaluate(() => Reflect.get(window, 'coveredInFirstFrame'))).not.toBe(false)
}
