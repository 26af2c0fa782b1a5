import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { beforeNextFrame, oncePerFrame } from '../../../src/browser/document/beforeNextFrame.js'

const frame = () => new Promise((resolve) => requestAnimationFrame(() => resolve(null)))
let hidden = false

beforeEach(() => {
  hidden = false
  vi.spyOn(Document.prototype, 'hidden', 'get').mockImplementation(() => hidden)
})
afterEach(() => {
  vi.restoreAllMocks()
})

const hide = () => {
  hidden = true
  document.dispatchEvent(new Event('visibilitychange'))
}

test('work waits for the next frame, and runs once', async () => {
  const work = vi.fn()
  beforeNextFrame(work)
  expect(work).not.toHaveBeenCalled()
  await frame()
  expect(work).toHaveBeenCalledTimes(1)
  hide()
  await frame()
  expect(work).toHaveBeenCalledTimes(1)
})

test('work that waits runs at once when the page is hidden', async () => {
  const work = vi.fn()
  beforeNextFrame(work)
  hide()
  expect(work).toHaveBeenCalledTimes(1)
  await frame()
  expect(work).toHaveBeenCalledTimes(1)
})

test('a hidden page works at once', () => {
  hidden = true
  const work = vi.fn()
  beforeNextFrame(work)()
  expect(work).toHaveBeenCalledTimes(1)
})

test('a document without a window works at once', () => {
  const work = vi.fn()
  beforeNextFrame(work, document.implementation.createHTMLDocument())()
  expect(work).toHaveBeenCalledTimes(1)
})

test('work that was stopped does not run, neither with the frame nor when the page is hidden', async () => {
  const work = vi.fn()
  beforeNextFrame(work)()
  hide()
  await frame()
  expect(work).not.toHaveBeenCalled()
})

test('however often it is asked, work runs once per frame', async () => {
  const work = vi.fn()
  const again = oncePerFrame(work)
  again.ask()
  again.ask()
  await frame()
  expect(work).toHaveBeenCalledTimes(1)
  again.ask()
  await frame()
  expect(work).toHaveBeenCalledTimes(2)
  again.ask()
  again.stop()
  await frame()
  expect(work).toHaveBeenCalledTimes(2)
  again.ask()
  await frame()
  expect(work).toHaveBeenCalledTimes(3)
})

test('a hidden page works each time it is asked', () => {
  hidden = true
  const work = vi.fn()
  const again = oncePerFrame(work)
  again.ask()
  again.ask()
  expect(work).toHaveBeenCalledTimes(2)
})

test('work that asks again in a hidden page does not run for ever', () => {
  hidden = true
  let runs = 0
  const again = oncePerFrame(() => {
    runs += 1
    if (runs < 5) again.ask()
  })
  again.ask()
  expect(runs).toBeGreaterThan(0)
  expect(runs).toBeLessThanOrEqual(5)
})
