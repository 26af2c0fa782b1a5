import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openChannel } from '../../../src/browser/ports/channel.js'
import { watchPage } from '../../../src/browser/ports/page.js'
import { openFactStorage } from '../../../src/browser/ports/storage.js'

beforeEach(() => localStorage.clear())

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('a channel', () => {
  test('brings messages to the other tabs, until it is closed', async () => {
    const heard: unknown[] = []
    const one = openChannel('test', (data) => heard.push(['one', data]))
    const other = openChannel('test', (data) => heard.push(['other', data]))
    const third = openChannel('elsewhere', (data) => heard.push(['third', data]))
    one.post({ a: 1 })
    await vi.waitFor(() => expect(heard).toEqual([['other', { a: 1 }]]))
    one.close()
    expect(() => one.post('late')).toThrow()
    other.close()
    third.close()
  })

  describe('without BroadcastChannel', () => {
    beforeEach(() => vi.stubGlobal('BroadcastChannel', undefined))
    const arrives = (key: string, newValue: string | null) =>
      dispatchEvent(Object.assign(new Event('storage'), { key, newValue }))

    test('writes messages where the other tabs are told of them', () => {
      openChannel('test', () => {}).post({ a: 1 })
      expect(localStorage.getItem('test:message')).toBe('{"a":1}')
    })

    test('hears what is its own and nothing else, until it is closed', () => {
      const heard: unknown[] = []
      const channel = openChannel('test', (data) => heard.push(data))
      arrives('test:message', '{"a":1}')
      arrives('other:message', '{"a":2}')
      arrives('test:message', null)
      arrives('test:message', '{')
      expect(heard).toEqual([{ a: 1 }])
      channel.close()
      arrives('test:message', '{"a":3}')
      expect(heard).toHaveLength(1)
    })

    test('is silent where there is no storage', () => {
      vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
        throw new Error('full')
      })
      const channel = openChannel('test', () => {})
      expect(() => channel.post({})).not.toThrow()
    })
  })
})

describe('what is stored', () => {
  test('is saved, loaded and cleared under its name', () => {
    const storage = openFactStorage('facts')
    expect(storage.load()).toBeNull()
    storage.save({ a: 1 })
    expect(localStorage.getItem('facts')).toBe('{"a":1}')
    expect(openFactStorage('facts').load()).toEqual({ a: 1 })
    expect(openFactStorage('other').load()).toBeNull()
    storage.clear()
    expect(localStorage.getItem('facts')).toBeNull()
  })

  test('is none where it is broken, full or forbidden', () => {
    const storage = openFactStorage('facts')
    localStorage.setItem('facts', '{')
    expect(storage.load()).toBeNull()
    for (const method of ['getItem', 'setItem', 'removeItem'] as const) {
      vi.spyOn(Storage.prototype, method).mockImplementation(() => {
        throw new Error('forbidden')
      })
    }
    expect(storage.load()).toBeNull()
    expect(() => storage.save({})).not.toThrow()
    expect(() => storage.clear()).not.toThrow()
  })
})

describe('the page', () => {
  function watch(): [string[], () => void] {
    const events: string[] = []
    return [events, watchPage((event) => events.push(event))]
  }
  const happen = (target: EventTarget, type: string, more = {}) =>
    target.dispatchEvent(Object.assign(new Event(type), more))

  test('tells when somebody may be back, when it is restored, and when it is left', () => {
    const [events, stop] = watch()
    vi.spyOn(Document.prototype, 'hidden', 'get').mockReturnValue(false)
    happen(document, 'visibilitychange')
    happen(document, 'resume')
    happen(window, 'focus')
    happen(window, 'online')
    happen(window, 'pageshow', { persisted: false })
    expect(events.splice(0)).toEqual(Array(5).fill('returned'))
    happen(window, 'pageshow', { persisted: true })
    happen(window, 'pagehide')
    expect(events.splice(0)).toEqual(['restored', 'leaving'])
    stop()
    for (const type of ['visibilitychange', 'resume']) happen(document, type)
    for (const type of ['focus', 'online', 'pageshow', 'pagehide']) happen(window, type)
    expect(events).toEqual([])
  })

  test('nobody is back while it is hidden, though it may go on and be online', () => {
    const [events, stop] = watch()
    vi.spyOn(Document.prototype, 'hidden', 'get').mockReturnValue(true)
    happen(document, 'visibilitychange')
    happen(window, 'focus')
    expect(events).toEqual([])
    happen(document, 'resume')
    expect(events).toEqual(['returned'])
    stop()
  })
})
