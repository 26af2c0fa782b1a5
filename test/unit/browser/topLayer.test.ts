import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { replaceTitle } from '../../../src/browser/cover/coverTitle.js'
import { createPageCover } from '../../../src/browser/cover/pageCover.js'
import { coverClass, openOnTop, watchTopLayer } from '../../../src/browser/document/topLayer.js'
import { standInModal } from '../../support/jsdom/standInModal.js'

afterEach(() => {
  document.body.innerHTML = ''
})

const open = (target: Element, newState = 'open') =>
  target.dispatchEvent(Object.assign(new Event('toggle'), { newState }))

function add<Tag extends keyof HTMLElementTagNameMap>(tag: Tag): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  document.body.append(element)
  return element
}

function watched() {
  const own = add('dialog')
  const onOpened = vi.fn()
  const stop = watchTopLayer(own, onOpened)
  onTestFinished(stop)
  return { own, onOpened, stop }
}

test('another element that opens is noticed, our own dialog and the cover are not', () => {
  const { own, onOpened, stop } = watched()
  open(add('div'))
  expect(onOpened).toHaveBeenCalledTimes(1)
  open(own)
  const cover = add('dialog')
  cover.className = coverClass
  open(cover)
  open(add('div'), 'closed')
  document.dispatchEvent(Object.assign(new Event('toggle'), { newState: 'open' }))
  expect(onOpened).toHaveBeenCalledTimes(1)
  stop()
  open(add('div'))
  expect(onOpened).toHaveBeenCalledTimes(1)
})

test('fullscreen is noticed', () => {
  const { onOpened, stop } = watched()
  document.dispatchEvent(new Event('fullscreenchange'))
  expect(onOpened).toHaveBeenCalledTimes(1)
  stop()
  document.dispatchEvent(new Event('fullscreenchange'))
  expect(onOpened).toHaveBeenCalledTimes(1)
})

test('a dialog that opens modally is noticed even without a toggle event', async () => {
  const { own, onOpened } = watched()
  const rival = add('dialog')
  const matches = vi
    .spyOn(Element.prototype, 'matches')
    .mockImplementation((selector) => selector === ':modal')
  own.setAttribute('open', '')
  await Promise.resolve()
  expect(onOpened).not.toHaveBeenCalled()
  rival.setAttribute('open', '')
  await Promise.resolve()
  expect(onOpened).toHaveBeenCalledTimes(1)
  matches.mockRestore()
  add('dialog').setAttribute('open', '')
  await Promise.resolve()
  expect(onOpened).toHaveBeenCalledTimes(1)
})

test('a dialog is put on top by closing it and opening it again', () => {
  const opened = standInModal()
  const dialog = add('dialog')
  openOnTop(dialog)
  openOnTop(dialog)
  expect(opened).toEqual([dialog, dialog])
  expect(dialog.open).toBe(true)
})

test('sources with windows of their own are told what is shown, each change once', () => {
  const cover = createPageCover('One moment')
  const seen: string[] = []
  const stop = cover.follow((shown) => seen.push(shown))
  cover.set(false, false)
  cover.set(true, false)
  cover.set(true, false)
  cover.set(true, true)
  cover.set(false, true)
  cover.set(false, false)
  stop()
  cover.set(true, false)
  cover.set(false, false)
  expect(seen).toEqual(['content', 'cover', 'over', 'content'])
  expect(cover.label).toBe('One moment')
})

test('a title that the app sets while covered is shown afterwards', async () => {
  document.title = 'Ada Lovelace'
  const restore = replaceTitle('One moment', document)
  expect(document.title).toBe('One moment')
  document.title = 'Grace Hopper'
  await Promise.resolve()
  expect(document.title).toBe('One moment')
  restore()
  expect(document.title).toBe('Grace Hopper')
})

test('a title that was never changed comes back, and later ones are left alone', async () => {
  document.title = 'Ada Lovelace'
  replaceTitle('One moment', document)()
  expect(document.title).toBe('Ada Lovelace')
  document.title = 'Inbox'
  await Promise.resolve()
  expect(document.title).toBe('Inbox')
})
