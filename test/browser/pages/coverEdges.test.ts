import { setTimeout as pass } from 'node:timers/promises'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Built, buildPage } from '../../support/browser/serveBuilt.js'
import { visibleBrowser } from '../../support/browser/visibleBrowser.js'

let built: Built
let served: Awaited<ReturnType<Built['serve']>>
let browser: Browser

beforeAll(async () => {
  built = await buildPage(`${import.meta.dirname}/coverPage`, ['index.html'])
  served = await built.serve()
  browser = await visibleBrowser()
})

afterAll(async () => {
  await browser.close()
  served.close()
  await built.remove()
})

async function open(query = ''): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 320, height: 200 } })
  page.setDefaultTimeout(10_000)
  await page.goto(`${served.url}/?${query}`)
  await page.waitForFunction(() => 'cover' in window)
  return page
}

async function cover(page: Page): Promise<void> {
  await page.evaluate(() => window.cover())
  await page.evaluate(() => window.waitForFrames(3))
}

test('the title is neutral while covered, whatever the app sets, and comes back', async () => {
  const page = await open()
  await cover(page)
  expect(await page.title()).toBe('One moment, please …')
  await page.evaluate(() => {
    document.title = 'Charles Babbage'
  })
  expect(await page.title()).toBe('One moment, please …')
  await page.evaluate(() => {
    const head = document.createElement('head')
    head.innerHTML = '<title>Grace Hopper</title>'
    document.head.replaceWith(head)
  })
  await expect.poll(() => page.title()).toBe('One moment, please …')
  await page.evaluate(() => window.uncover())
  expect(await page.title()).toBe('Grace Hopper')
})

test('fullscreen is left, and is the app’s own again after the cover', async () => {
  const page = await open()
  const enter = () => page.evaluate(() => window.show('an element in fullscreen'))
  const isFull = () => page.evaluate(() => document.fullscreenElement !== null)
  await enter()
  await cover(page)
  await expect.poll(isFull).toBe(false)
  await page.evaluate(() => window.uncover())
  await enter()
  await page.evaluate(() => window.waitForFrames(5))
  expect(await isFull()).toBe(true)
})

test('a document whose root element is exchanged stays covered, until it is not', async () => {
  const page = await open()
  await cover(page)
  const blank = await page.screenshot()
  // As React does when it can't hydrate a whole document.
  await page.evaluate(() => {
    const root = document.createElement('html')
    root.innerHTML = '<head><title>Ada</title></head><body style="background: red;">Ada</body>'
    document.documentElement.replaceWith(root)
  })
  await page.evaluate(() => window.waitForFrames(3))
  expect((await page.screenshot()).equals(blank)).toBe(true)
  expect(await page.title()).toBe('One moment, please …')
  await page.evaluate(() => window.uncover())
  expect(await page.locator('html').evaluate(({ outerHTML }) => outerHTML)).toBe(
    '<html><head><title>Ada</title></head><body style="background: red;">Ada</body></html>',
  )
})

test('a surface that the app removes or closes comes back', async () => {
  const page = await open()
  await cover(page)
  const isModal = () =>
    page.evaluate(() => document.querySelector('.session-security-cover')?.matches(':modal'))
  await page.evaluate(() => document.querySelector<HTMLDialogElement>('dialog')?.close())
  await expect.poll(isModal).toBe(true)
  for (let time = 0; time < 5; time += 1) await page.keyboard.press('Escape')
  await expect.poll(isModal).toBe(true)
})

test('the page keeps its place, that of its body included', async () => {
  for (const scroller of ['html', 'body']) {
    const page = await open()
    await page.evaluate((tag) => {
      document.documentElement.style.cssText =
        tag === 'body' ? 'overflow: hidden; height: 100%' : ''
      document.body.style.cssText = tag === 'body' ? 'overflow: auto; height: 100%; margin: 0' : ''
      const tall = document.createElement('div')
      tall.style.cssText = 'height: 5000px; width: 3000px'
      document.body.append(tall)
      document.querySelector(tag)?.scrollTo(70, 1_234)
    }, scroller)
    const place = () =>
      page.evaluate((tag) => {
        const element = document.querySelector(tag)
        return [element?.scrollLeft, element?.scrollTop]
      }, scroller)
    expect(await place()).toEqual([70, 1_234])
    await cover(page)
    await page.evaluate(() => window.uncover())
    expect(await place()).toEqual([70, 1_234])
    expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toMatch(
      /inert|opacity|min-|data-session/,
    )
    await page.close()
  }
})

describe.each([
  ['body', 'documentElement', 'head', 'title', 'activeElement', 'hidden', 'visibilityState'],
  ['adoptedStyleSheets', 'defaultView', 'createElement', 'addEventListener', 'querySelector'],
  ['fullscreenElement', 'exitFullscreen', 'querySelectorAll', 'timeline', 'removeEventListener'],
])('elements called %s, %s, %s, %s, %s …', (...names) => {
  test('do not keep the page from being covered', async () => {
    const page = await open()
    await page.evaluate((members) => {
      const { body } = document
      body.append('Ada Lovelace')
      body.insertAdjacentHTML('beforeend', members.map((name) => `<img name="${name}">`).join(''))
      const form = '<form tabindex="0"><input name="focus"><input name="isConnected"></form>'
      body.insertAdjacentHTML('beforeend', form)
      HTMLElement.prototype.focus.call(body.querySelector('form'))
    }, names)
    const empty = await open()
    await cover(empty)
    await cover(page)
    expect((await page.screenshot()).equals(await empty.screenshot())).toBe(true)
    await page.evaluate(() => window.uncover())
    expect((await page.screenshot()).equals(await empty.screenshot())).toBe(false)
  })
})

test('after an alert that was open at the deadline not one frame shows the content', async () => {
  const page = await open('left=3000')
  await page.evaluate(() => {
    document.body.style.background = 'rgb(255, 0, 0)'
    return window.waitForFrames(2)
  })
  const frames = await recordFrames(page)
  page.on('dialog', async (dialog) => {
    await pass(3_300)
    await dialog.accept()
  })
  await page.evaluate(async () => {
    alert('Is it over yet?')
    // Blue is what was painted after it, and only that.
    document.body.style.background = 'rgb(0, 0, 255)'
    await window.waitForFrames(10)
  })
  const shown = await frames.colours()
  expect(shown).toContain('red')
  expect(shown).not.toContain('blue')
  expect(shown.at(-1)).toBe('cover')
})

/** Every frame that the browser paints from now on, by the colour in its middle. */
async function recordFrames(page: Page) {
  const connection = await page.context().newCDPSession(page)
  const images: string[] = []
  connection.on('Page.screencastFrame', ({ data, sessionId }) => {
    images.push(data)
    void connection.send('Page.screencastFrameAck', { sessionId })
  })
  await connection.send('Page.startScreencast', { format: 'png', everyNthFrame: 1 })
  return {
    colours: async () => {
      await connection.send('Page.stopScreencast')
      const helper = await browser.newPage()
      return helper.evaluate(async (all) => {
        const colours: string[] = []
        for (const data of all) {
          const image = new Image()
          image.src = `data:image/png;base64,${data}`
          await image.decode()
          const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
          context?.drawImage(image, 0, 0)
          const [r = 0, g = 0, b = 0] = context?.getImageData(9, 9, 1, 1).data ?? []
          if (r > 200 && g < 80) colours.push('red')
          else if (b > 200 && g < 80) colours.push('blue')
          else colours.push('cover')
        }
        return colours
      }, images)
    },
  }
}
