import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Shown } from '../../../src/browser/cover/pageCover.js'
import { eachDocument } from '../../../src/browser/sources/eachDocument.js'
import { openedWindows } from '../../../src/browser/sources/openedWindows.js'

/** A window as its opener sees it: its document changes, and it tells when one goes. */
class StandInWindow extends EventTarget {
  closed = false
  #document: Document | null = document.implementation.createHTMLDocument('first')
  get document(): Document {
    if (!this.#document) throw new DOMException('another origin', 'SecurityError')
    return this.#document
  }
  show(next: Document | null): void {
    this.#document = next
  }
}

const another = () => document.implementation.createHTMLDocument('next')

describe('eachDocument', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function watched() {
    const opened = new StandInWindow()
    const detach = vi.fn()
    const attach = vi.fn(() => detach)
    const each = eachDocument(opened as unknown as Window, attach)
    onTestFinished(each.stop)
    return { opened, attach, detach, each }
  }

  test('attaches to the document that is there, once', () => {
    const { attach, each, opened } = watched()
    expect(attach).toHaveBeenCalledTimes(1)
    each.look()
    opened.dispatchEvent(new Event('load'))
    expect(attach).toHaveBeenCalledTimes(1)
  })

  test('attaches to the next document as soon as it is there', () => {
    const { attach, detach, opened } = watched()
    opened.dispatchEvent(new Event('pagehide'))
    vi.advanceTimersByTime(1_000)
    expect(attach).toHaveBeenCalledTimes(1)
    opened.show(another())
    vi.advanceTimersByTime(100)
    expect(attach).toHaveBeenCalledTimes(2)
    expect(detach).toHaveBeenCalledTimes(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('attaches to a document that loaded without a word', () => {
    const { attach, opened } = watched()
    opened.show(another())
    opened.dispatchEvent(new Event('load'))
    expect(attach).toHaveBeenCalledTimes(2)
  })

  test('leaves a window of another origin alone', () => {
    const { attach, opened } = watched()
    opened.show(null)
    opened.dispatchEvent(new Event('pagehide'))
    vi.advanceTimersByTime(500)
    expect(attach).toHaveBeenCalledTimes(1)
  })

  test('stops looking at a window that was closed', () => {
    const { attach, opened } = watched()
    opened.dispatchEvent(new Event('pagehide'))
    opened.closed = true
    opened.show(another())
    vi.advanceTimersByTime(200)
    expect(attach).toHaveBeenCalledTimes(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('stops for good, even if something throws on the way', () => {
    const { attach, detach, each, opened } = watched()
    detach.mockImplementation(() => {
      throw new Error('another origin')
    })
    opened.dispatchEvent(new Event('pagehide'))
    each.stop()
    opened.show(another())
    opened.dispatchEvent(new Event('load'))
    vi.advanceTimersByTime(500)
    expect(detach).toHaveBeenCalledTimes(1)
    expect(attach).toHaveBeenCalledTimes(1)
  })
})

describe('openedWindows', () => {
  let frame: HTMLIFrameElement
  const opened = () => frame.contentWindow as Window

  beforeEach(() => {
    frame = document.createElement('iframe')
    document.body.append(frame)
    opened().document.body.innerHTML = '<p>Ada Lovelace</p>'
    opened().close = vi.fn()
  })
  afterEach(() => {
    document.body.innerHTML = ''
  })

  function page() {
    const listeners = new Set<(shown: Shown) => void>()
    let shown: Shown = 'content'
    return {
      label: 'One moment',
      follow: (listener: (shown: Shown) => void) => {
        listeners.add(listener)
        listener(shown)
        return () => void listeners.delete(listener)
      },
      show: (next: Shown) => {
        shown = next
        for (const listener of [...listeners]) listener(next)
      },
      listeners,
    }
  }
  const isCovered = () => opened().document.body.hasAttribute('inert')

  test('are covered with the page, and shown with it', () => {
    const windows = openedWindows()
    const covered = page()
    onTestFinished(windows(() => {}, covered))
    windows.add(opened())
    expect(isCovered()).toBe(false)
    covered.show('cover')
    expect(isCovered()).toBe(true)
    covered.show('content')
    expect(isCovered()).toBe(false)
  })

  test('are covered at once if they are added while the page is', () => {
    const windows = openedWindows()
    const covered = page()
    covered.show('cover')
    onTestFinished(windows(() => {}, covered))
    windows.add(opened())
    expect(isCovered()).toBe(true)
  })

  test('that were added before the session starts belong to it', () => {
    const windows = openedWindows()
    windows.add(opened())
    const covered = page()
    onTestFinished(windows(() => {}, covered))
    covered.show('cover')
    expect(isCovered()).toBe(true)
  })

  test('are emptied and closed at the end', () => {
    const windows = openedWindows()
    const covered = page()
    onTestFinished(windows(() => {}, covered))
    windows.add(opened())
    covered.show('over')
    expect(opened().document.documentElement.tagName).toBe('HTML')
    expect(opened().document.body?.textContent ?? '').not.toContain('Ada')
    expect(opened().close).toHaveBeenCalledTimes(1)
  })

  test('are emptied and closed when the page that renders into them goes away', () => {
    const windows = openedWindows()
    onTestFinished(windows(() => {}, page()))
    windows.add(opened())
    dispatchEvent(new Event('pagehide'))
    expect(opened().document.body?.textContent ?? '').not.toContain('Ada')
    expect(opened().close).toHaveBeenCalledTimes(1)
  })

  test('that are released, or whose session stopped, are left alone', () => {
    const windows = openedWindows()
    const covered = page()
    const stop = windows(() => {}, covered)
    const release = windows.add(opened())
    covered.show('cover')
    release()
    expect(isCovered()).toBe(false)
    covered.show('over')
    expect(opened().close).not.toHaveBeenCalled()
    covered.show('content')
    windows.add(opened())
    stop()
    expect(covered.listeners.size).toBe(0)
    dispatchEvent(new Event('pagehide'))
    expect(opened().close).not.toHaveBeenCalled()
  })

  test('that were blocked are ignored, and those of another origin are refused', () => {
    const windows = openedWindows()
    expect(() => windows.add(null)()).not.toThrow()
    const foreign = new StandInWindow()
    foreign.show(null)
    expect(() => windows.add(foreign as unknown as Window)).toThrow(
      /can only add windows of this page's own origin/,
    )
  })
})
