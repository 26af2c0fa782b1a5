import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Built, buildPage } from '../../support/browser/serveBuilt.js'
import { visibleBrowser } from '../../support/browser/visibleBrowser.js'

let built: Built
let browser: Browser
let own: { url: string; close: () => void }
let foreign: { url: string; close: () => void }

beforeAll(async () => {
  built = await buildPage(join(import.meta.dirname, 'activityPage'), ['index.html', 'inner.html'])
  own = await built.serve()
  foreign = await built.serve()
  browser = await visibleBrowser()
})

afterAll(async () => {
  await browser.close()
  own.close()
  foreign.close()
  await built.remove()
})

async function open(query = ''): Promise<Page> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${own.url}/?${query}`)
  await page.waitForFunction(() => window.session.getState().status === 'active')
  return page
}

/** Whether something counts as activity: nobody has done anything for a while, then this. */
async function counts(page: Page, act: () => Promise<unknown>): Promise<boolean> {
  await page.waitForFunction(() => window.session.idleFor() > 1_300)
  const before = await page.evaluate(() => window.session.idleFor())
  await act()
  // What is told of a frame arrives as a message.
  await page.evaluate(() => new Promise((next) => setTimeout(next, 100)))
  return (await page.evaluate(() => window.session.idleFor())) < before
}

test('keys, clicks, and purely horizontal and purely vertical moves count', async () => {
  const page = await open()
  expect(await counts(page, () => page.keyboard.press('a'))).toBe(true)
  expect(await counts(page, () => page.mouse.move(100, 100))).toBe(true)
  expect(await counts(page, () => page.mouse.move(160, 100))).toBe(true)
  expect(await counts(page, () => page.mouse.move(160, 190))).toBe(true)
  expect(await counts(page, () => page.mouse.click(160, 190))).toBe(true)
  expect(await counts(page, () => page.mouse.wheel(0, 10))).toBe(true)
})

test('a mouse that lies still does not count, and neither do events made by a script', async () => {
  const page = await open()
  await page.mouse.move(100, 100)
  expect(await counts(page, () => page.mouse.move(100, 100))).toBe(false)
  expect(await counts(page, () => page.evaluate(() => document.body.click()))).toBe(false)
  const key = () => page.evaluate(() => dispatchEvent(new KeyboardEvent('keydown', { key: 'a' })))
  expect(await counts(page, key)).toBe(false)
})

test('a trembling mouse does not count, a slow one does', async () => {
  const page = await open()
  await page.mouse.move(100, 100)
  const tremble = async () => {
    for (const x of [102, 100, 101, 103, 100]) await page.mouse.move(x, 100)
  }
  expect(await counts(page, tremble)).toBe(false)
  const slowly = async () => {
    for (const x of [101, 102, 103, 104]) await page.mouse.move(x, 100)
  }
  expect(await counts(page, slowly)).toBe(true)
})

test('a page that scrolls by itself does not count', async () => {
  const page = await open()
  await page.evaluate(() => document.body.style.setProperty('height', '9000px'))
  expect(await counts(page, () => page.evaluate(() => scrollTo(0, 900)))).toBe(false)
})

test('focus and visibility do not count', async () => {
  const page = await open()
  const refocus = () => page.evaluate(() => dispatchEvent(new FocusEvent('focus')))
  expect(await counts(page, refocus)).toBe(false)
  const other = await page.context().newPage()
  expect(await counts(page, () => page.bringToFront())).toBe(false)
  await other.close()
})

test('input in a shadow root counts, even if its event does not leave it', async () => {
  const page = await open()
  await page.evaluate(() => {
    const host = document.createElement('div')
    const button = document.createElement('button')
    button.textContent = 'Within'
    button.addEventListener('keydown', (event) => event.stopPropagation())
    host.attachShadow({ mode: 'closed' }).append(button)
    document.body.append(host)
    button.focus()
  })
  expect(await counts(page, () => page.keyboard.press('a'))).toBe(true)
})

test('input in a frame of the same origin counts, also after the frame is added or reloaded', async () => {
  const page = await open()
  await page.evaluate(() => {
    const frame = document.createElement('iframe')
    frame.src = '/inner.html'
    document.body.append(frame)
  })
  const button = page.frameLocator('iframe').getByRole('button')
  await button.waitFor()
  expect(await counts(page, () => button.press('a'))).toBe(true)
  await page.frames()[1]?.goto(`${own.url}/inner.html?again`)
  expect(await counts(page, () => button.press('a'))).toBe(true)
})

test('a frame of another origin counts only if it reports and was named', async () => {
  const page = await open(`foreign=${encodeURIComponent(foreign.url)}`)
  await page.evaluate(
    ([address, tell]) => {
      for (const [id, query] of Object.entries({
        foreign: `?tell=${tell}`,
        silent: '',
        other: `?tell=${tell}`,
      })) {
        const frame = document.createElement('iframe')
        frame.id = id
        frame.src = `${address}/inner.html${query}`
        document.body.append(frame)
      }
    },
    [foreign.url, encodeURIComponent(own.url)],
  )
  const buttonIn = (id: string) => page.frameLocator(`#${id}`).getByRole('button')
  for (const id of ['foreign', 'silent', 'other']) await buttonIn(id).waitFor()
  expect(await counts(page, () => buttonIn('foreign').press('a'))).toBe(true)
  expect(await counts(page, () => buttonIn('silent').press('a'))).toBe(false)
  expect(await counts(page, () => buttonIn('other').press('a'))).toBe(false)
  const forged = () => page.evaluate(() => postMessage('react-session-security:activity', '*'))
  expect(await counts(page, forged)).toBe(false)
})

test('what plays with sound counts; muted, looping and paused do not', async () => {
  const page = await open()
  await page.mouse.click(10, 10)
  const play = (settings: { muted?: boolean; loop?: boolean; paused?: boolean }) =>
    page.evaluate(async ({ muted = false, loop = false, paused = false }) => {
      document.querySelector('audio')?.remove()
      const audio = document.createElement('audio')
      audio.src = URL.createObjectURL(new Blob([silence(6)], { type: 'audio/wav' }))
      Object.assign(audio, { muted, loop })
      document.body.append(audio)
      await audio.play()
      if (paused) audio.pause()

      /** So many seconds of nothing, as a WAV file. */
      function silence(seconds: number): ArrayBuffer {
        const rate = 8_000
        const size = rate * seconds
        const view = new DataView(new ArrayBuffer(44 + size))
        const text = (at: number, word: string) => {
          for (let index = 0; index < word.length; index += 1) {
            view.setUint8(at + index, word.charCodeAt(index))
          }
        }
        text(0, 'RIFF')
        view.setUint32(4, 36 + size, true)
        text(8, 'WAVEfmt ')
        view.setUint32(16, 16, true)
        view.setUint16(20, 1, true)
        view.setUint16(22, 1, true)
        view.setUint32(24, rate, true)
        view.setUint32(28, rate, true)
        view.setUint16(32, 1, true)
        view.setUint16(34, 8, true)
        text(36, 'data')
        view.setUint32(40, size, true)
        new Uint8Array(view.buffer, 44).fill(128)
        return view.buffer
      }
    }, settings)
  const listening = (settings: Parameters<typeof play>[0]) =>
    counts(page, async () => {
      await play(settings)
      await page.waitForTimeout(600)
    })
  expect(await listening({ muted: true })).toBe(false)
  expect(await listening({ loop: true })).toBe(false)
  expect(await listening({ paused: true })).toBe(false)
  expect(await listening({})).toBe(true)
})

test('foreignFrame takes an exact origin and nothing else', async () => {
  const { foreignFrame } = await import('../../../src/core.js')
  for (const origin of ['*', 'forms.example', 'https://forms.example/', 'https://*.example']) {
    expect(() => foreignFrame({ origin, frame: () => null })).toThrow(/needs an exact origin/)
  }
})
