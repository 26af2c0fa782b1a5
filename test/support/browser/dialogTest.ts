import type { Page } from 'playwright'
import { test as base, expect, inject } from 'vitest'
import { recordProblems } from './recordProblems.js'
import { visibleBrowser } from './visibleBrowser.js'

interface Opened {
  /** Time left when the page opens, in ms; the warning comes two minutes ahead. @default 600_000 */
  left?: number
  absolute?: boolean
  extendOn?: 'activity' | 'button'
  initialFocus?: 'stay'
  onEscape?: 'ignore'
  lang?: 'cy'
}

/** Tests with one Chromium a file and one page a test, which must not complain about anything. */
export const test = base
  .extend('browserArguments', { scope: 'file' }, (): string[] => [])
  .extend('browser', { scope: 'file' }, async ({ browserArguments }, { onCleanup }) => {
    const browser = await visibleBrowser(browserArguments)
    onCleanup(() => browser.close())
    return browser
  })
  .extend('open', async ({ browser }, { onCleanup }) => {
    const context = await browser.newContext({ viewport: { width: 800, height: 600 } })
    const problems = recordProblems(context)
    onCleanup(async () => {
      await context.close()
      expect(problems).toEqual([])
    })
    return async ({ ...scene }: Opened = {}): Promise<Page> => {
      const page = await context.newPage()
      page.setDefaultTimeout(5_000)
      const query = new URLSearchParams(
        Object.entries(scene).map(([key, value]) => [key, `${value}`]),
      )
      await page.goto(`${inject('dialogPage')}?${query}`)
      return page
    }
  })

export const dialogOf = (page: Page) => page.getByRole('alertdialog')
export const stayOf = (page: Page) => page.getByRole('button', { name: 'Stay signed in' })

/** Lets the warning come now, with two minutes to answer. */
export async function warn(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.server.hurry()
    return window.session.check()
  })
  await dialogOf(page).waitFor()
}

/** What has the focus, by its role or its id. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    return element?.getAttribute('role') || element?.id || element?.tagName.toLowerCase() || ''
  })
}
