import { inflateSync } from 'node:zlib'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Built, buildPage } from '../setup/serveBuilt.js'
import { visibleBrowser } from '../setup/visibleBrowser.js'
import { type Opening, openings } from './coverPage/openings.js'

let built: Built
let served: Awaited<ReturnType<Built['serve']>>
let browser: Browser
/** What a page without any content shows while it is covered. */
let blank: Awaited<ReturnType<typeof looksOf>>

beforeAll(async () => {
  built = await buildPage(`${import.meta.dirname}/coverPage`, ['index.html'])
  served = await built.serve()
  browser = await visibleBrowser()
  blank = await withPage(async (page) => {
    await cover(page)
    return looksOf(page)
  })
})

afterAll(async () => {
  await browser.close()
  served.close()
  await built.remove()
})

describe.each(Object.keys(openings) as Opening[])('%s', (name) => {
  test('shown before, is gone from screen and print while the page is covered', async () => {
    await withPage(async (page) => {
      await show(page, name)
      expect((await looksOf(page)).screen.equals(blank.screen)).toBe(false)
      await cover(page)
      await expectBlank(page)
    })
  })

  test('shown while the page is covered, appears neither on screen nor in print', async () => {
    await withPage(async (page) => {
      await cover(page)
      await show(page, name)
      await expectBlank(page)
    })
  })
})

async function withPage<Result>(use: (page: Page) => Promise<Result>): Promise<Result> {
  const page = await browser.newPage({ viewport: { width: 320, height: 200 } })
  page.setDefaultTimeout(10_000)
  await page.goto(served.url)
  await page.waitForFunction(() => 'cover' in window)
  try {
    return await use(page)
  } finally {
    await page.close()
  }
}

async function cover(page: Page): Promise<void> {
  await page.evaluate(() => window.cover())
  await page.evaluate(() => window.waitForFrames(3))
}

async function show(page: Page, name: Opening): Promise<void> {
  // Some of it is refused once the page is covered.
  await page.evaluate((opening) => window.show(opening).catch(() => {}), name)
  await page.evaluate(() => window.waitForFrames(3))
}

async function expectBlank(page: Page): Promise<void> {
  const looks = await looksOf(page)
  expect(looks.screen.equals(blank.screen), 'on screen').toBe(true)
  expect(looks.asPrint.equals(blank.asPrint), 'with the styles of print').toBe(true)
  expect(looks.printed, 'in print').toBe(blank.printed)
}

async function looksOf(page: Page) {
  const screen = await page.screenshot()
  await page.emulateMedia({ media: 'print' })
  const asPrint = await page.screenshot()
  await page.emulateMedia({ media: null })
  return { screen, asPrint, printed: drawnIn(await page.pdf({ printBackground: true })) }
}

/** What a PDF draws: its streams of commands, without fonts and the moment of its making. */
function drawnIn(pdf: Buffer): string {
  const drawn: string[] = []
  for (const [, stream] of pdf
    .toString('latin1')
    .matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)) {
    try {
      const content = inflateSync(Buffer.from(stream ?? '', 'latin1')).toString('latin1')
      if (/\b(re|Tj|TJ|Do|f)\b/.test(content)) drawn.push(content)
    } catch {
      // Not a stream of commands.
    }
  }
  return drawn.join('\n')
}
