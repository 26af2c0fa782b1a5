import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { createCover } from '../../../src/browser/cover/cover.js'
import { read } from '../../../src/browser/document/dom.js'

const label = 'One moment'
/** The document's own: the test's window is a copy of it. */
const view = read(document, 'defaultView') as Window & typeof globalThis
let cover: (covered: boolean) => void
let frames: FrameRequestCallback[]

beforeEach(() => {
  frames = []
  vi.spyOn(view, 'requestAnimationFrame').mockImplementation((frame) => frames.push(frame))
  vi.spyOn(view, 'cancelAnimationFrame').mockImplementation((id) => {
    frames[id - 1] = () => {}
  })
  document.title = 'Ada Lovelace'
  document.body.innerHTML = '<button>Record</button>'
  cover = createCover(label)
})

afterEach(() => {
  cover(false)
  vi.restoreAllMocks()
  document.body.removeAttribute('style')
  document.body.removeAttribute('inert')
})

const surfaces = () => document.querySelectorAll('.session-security-cover')

function paint(): void {
  const due = frames
  frames = []
  for (const frame of due) frame?.(0)
}

async function observed(): Promise<void> {
  await Promise.resolve()
}

test('the content is out of reach and transparent at once, the surface comes with the frame', () => {
  cover(true)
  expect(document.body.hasAttribute('inert')).toBe(true)
  expect(document.body.style.opacity).toBe('0')
  expect(document.documentElement.hasAttribute('data-session-covered')).toBe(true)
  expect(surfaces()).toHaveLength(0)
  expect(document.title).toBe('Ada Lovelace')
  paint()
  expect(surfaces()).toHaveLength(1)
  expect(surfaces()[0]?.textContent).toBe(label)
  expect(surfaces()[0]?.getAttribute('aria-label')).toBe(label)
  expect(surfaces()[0]?.hasAttribute('open')).toBe(true)
  expect(document.title).toBe(label)
})

test('a cover that is lifted before the frame draws nothing', () => {
  cover(true)
  cover(false)
  paint()
  expect(surfaces()).toHaveLength(0)
  expect(document.title).toBe('Ada Lovelace')
})

test('covering twice covers once, and lifting brings everything back', () => {
  document.body.style.setProperty('opacity', '0.5', 'important')
  document.querySelector('button')?.focus()
  cover(true)
  cover(true)
  paint()
  expect(surfaces()).toHaveLength(1)
  document.querySelector('button')?.blur()
  cover(false)
  expect(surfaces()).toHaveLength(0)
  expect(document.body.getAttribute('style')).toBe('opacity: 0.5 !important;')
  expect(document.body.hasAttribute('inert')).toBe(false)
  expect(document.documentElement.hasAttribute('data-session-covered')).toBe(false)
  expect(document.title).toBe('Ada Lovelace')
  expect(document.activeElement?.tagName).toBe('BUTTON')
  cover(false)
})

test('a body that was inert stays so, and no empty style is left behind', () => {
  document.body.toggleAttribute('inert', true)
  cover(true)
  paint()
  cover(false)
  expect(document.body.hasAttribute('inert')).toBe(true)
  expect(document.body.hasAttribute('style')).toBe(false)
})

test('what had the focus and is gone since gets none', () => {
  const button = document.querySelector('button')
  button?.focus()
  cover(true)
  paint()
  button?.remove()
  cover(false)
  expect(document.activeElement).toBe(document.body)
})

test('what is put beside the body is not displayed, and is again afterwards', async () => {
  const before = document.createElement('div')
  before.style.display = 'flex'
  document.documentElement.append(before)
  cover(true)
  paint()
  const later = document.createElement('div')
  document.documentElement.append(later)
  await observed()
  expect([before.style.display, later.style.display]).toEqual(['none', 'none'])
  expect((surfaces()[0] as HTMLElement).style.display).not.toBe('none')
  expect(document.head.style.display).toBe('')
  cover(false)
  expect([before.style.display, later.getAttribute('style')]).toEqual(['flex', null])
  const last = document.createElement('div')
  document.documentElement.append(last)
  await observed()
  expect(last.style.display).toBe('')
  for (const element of [before, later, last]) element.remove()
})

test('a title that is set meanwhile is held back, and shown afterwards', async () => {
  cover(true)
  paint()
  document.title = 'Charles Babbage'
  await observed()
  expect(document.title).toBe(label)
  cover(false)
  expect(document.title).toBe('Charles Babbage')
  document.title = 'Grace Hopper'
  await observed()
  expect(document.title).toBe('Grace Hopper')
})

test('the body of a long page keeps its size, and that of a short one is left alone', () => {
  const root = document.documentElement
  cover(true)
  paint()
  expect(document.body.style.minHeight).toBe('')
  cover(false)
  vi.spyOn(root, 'scrollHeight', 'get').mockReturnValue(5_000)
  vi.spyOn(root, 'scrollWidth', 'get').mockReturnValue(3_000)
  cover(true)
  paint()
  expect([document.body.style.minHeight, document.body.style.minWidth]).toEqual([
    '5000px',
    '3000px',
  ])
  cover(false)
  expect(document.body.hasAttribute('style')).toBe(false)
})

test('elements that take the names of members change nothing', () => {
  const image = document.createElement('img')
  const names = ['body', 'documentElement', 'head', 'activeElement', 'defaultView', 'title']
  const back = names.map((name) => define(document, name, { value: image }))
  cover(true)
  paint()
  for (const restore of back) restore()
  expect(document.body.style.opacity).toBe('0')
  expect(surfaces()).toHaveLength(1)
})

test('the surface goes on top of what opens later, once a frame, and no more once it is gone', () => {
  const calls: string[] = []
  onTestFinished(
    define(HTMLDialogElement.prototype, 'close', { value: () => void calls.push('close') }),
  )
  const showModal = function (this: HTMLDialogElement) {
    calls.push('showModal')
    this.open = true
  }
  onTestFinished(define(HTMLDialogElement.prototype, 'showModal', { value: showModal }))
  cover(true)
  paint()
  expect(calls.splice(0)).toEqual(['close', 'showModal'])

  const popover = document.querySelector('button') as HTMLElement
  const toggle = (newState: string, target: Element = popover) =>
    target.dispatchEvent(Object.assign(new Event('toggle'), { newState }))
  toggle('closed')
  toggle('open', surfaces()[0])
  paint()
  expect(calls).toEqual([])
  toggle('open')
  toggle('open')
  surfaces()[0]?.remove()
  paint()
  expect(calls.splice(0)).toEqual(['close', 'showModal'])
  expect(surfaces()).toHaveLength(1)

  const surface = surfaces()[0] as HTMLDialogElement
  surface.open = false
  surface.dispatchEvent(new Event('close'))
  paint()
  expect(calls.splice(0)).toEqual(['close', 'showModal'])
  surface.dispatchEvent(new Event('close'))
  paint()
  expect(calls).toEqual([])
  const pressed = new Event('cancel', { cancelable: true })
  surface.dispatchEvent(pressed)
  expect(pressed.defaultPrevented).toBe(true)

  toggle('open')
  cover(false)
  toggle('open')
  paint()
  expect(calls).toEqual([])
})

test('fullscreen is left while covered, and the app’s own afterwards', () => {
  const exit = vi.fn(async () => {})
  const full = vi.fn((): Element | null => document.body)
  onTestFinished(define(Document.prototype, 'fullscreenElement', { get: full }))
  onTestFinished(define(Document.prototype, 'exitFullscreen', { value: exit }))
  const change = () => document.dispatchEvent(new Event('fullscreenchange'))
  cover(true)
  paint()
  expect(exit).toHaveBeenCalledTimes(1)
  change()
  expect(exit).toHaveBeenCalledTimes(2)
  full.mockReturnValue(null)
  change()
  expect(exit).toHaveBeenCalledTimes(2)
  cover(false)
  full.mockReturnValue(document.body)
  change()
  expect(exit).toHaveBeenCalledTimes(2)
})

test('the style sheet is there for as long as the cover is', () => {
  class Sheet {
    text = ''
    replaceSync(text: string): void {
      this.text = text
    }
  }
  const other = new Sheet()
  let adopted = [other]
  const set = (next: Sheet[]) => {
    adopted = next
  }
  onTestFinished(define(view, 'CSSStyleSheet', { value: Sheet }))
  onTestFinished(define(Document.prototype, 'adoptedStyleSheets', { get: () => adopted, set }))
  cover(true)
  paint()
  expect(adopted).toHaveLength(2)
  expect(adopted[1]?.text).toContain('content-visibility: hidden !important')
  expect(adopted[1]?.text).toContain('@media print')
  cover(false)
  expect(adopted).toEqual([other])
})

/** Puts a member there; returns the way back. */
function define(on: object, name: string, member: PropertyDescriptor): () => void {
  const before = Object.getOwnPropertyDescriptor(on, name)
  Object.defineProperty(on, name, { configurable: true, ...member })
  return () => {
    Reflect.deleteProperty(on, name)
    if (before) Object.defineProperty(on, name, before)
  }
}
