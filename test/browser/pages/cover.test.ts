import { inflateSync } from 'node:zlib'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Built, buildPage } from '../../support/browser/serveBuilt.js'
import { visibleBrowser } from '../../support/browser/visibleBrowser.js'
import { type Opening, openings } from './coverPage/openings.js'

let built: Built
let served: Awaited<ReturnType<Built['serve']>>
let browser: Browser
/** Loaded anew for each case, which takes less time than another window does. */
let page: Page
let loaded = 0
/** What a page without any content shows while it is covered. */
let blank: Awaited<ReturnType<typeof looks>>

beforeAll(async () => {
  built = await buildPage(`${import.meta.dirname}/coverPage`, ['index.html'])
  served = await built.serve()
  browser = await visibleBrowser()
  page = await browser.newPage({ viewport: { width: 320, height: 200 } })
  page.setDefaultTimeout(10_000)
  await load()
  await cover()
  blank = await looks()
})

afterAll(async () => {
  await browser.close()
  served.close()
  await built.remove()
})

beforeEach(load)

describe.each(Object.keys(openings) as Opening[])('%s', (name) => {
  test('shown before, is gone from screen and print while the page is covered', async () => {
    await show(name)
    expect((await page.screenshot()).equals(blank.screen)).toBe(false)
    await cover()
    await expectBlank()
  })

  test('shown while the page is covered, appears neither on screen nor in print', async () => {
    await cover()
    await show(name)
    await expectBlank()
  })
})

async function load(): Promise<void> {
  loaded += 1
  await page.goto(`${served.url}/?name=${loaded}`)
  await page.waitForFunction(() => 'cover' in window)
}

async function cover(): Promise<void> {
  await page.evaluate(async () => {
    await window.cover()
    await window.waitForFrames(3)
  })
}

async function show(name: Opening): Promise<void> {
  await page.evaluate(async (opening) => {
    // Some of it is refused once the page is covered.
    await window.show(opening).catch(() => {})
    await window.waitForFrames(3)
  }, name)
}

async function expectBlank(): Promise<void> {
  const { screen, asPrint, printed } = await looks()
  expect(screen.equals(blank.screen), 'on screen').toBe(true)
  expect(asPrint.equals(blank.asPrint), 'with the styles of print').toBe(true)
  expect(printed, 'in print').toBe(blank.printed)
}

async function looks() {
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
