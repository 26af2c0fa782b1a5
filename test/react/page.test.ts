import { afterEach, expect, test, vi } from 'vitest'
import { watchPage } from '../../src/browser/page.js'
import type { PageEvent } from '../../src/core/environment.js'

afterEach(() => vi.restoreAllMocks())

function watched() {
  const events: PageEvent[] = []
  const visible = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible')
  const stop = watchPage((event) => events.push(event))
  const show = (state: DocumentVisibilityState) => {
    visible.mockReturnValue(state)
    document.dispatchEvent(new Event('visibilitychange'))
  }
  return { events, show, stop }
}

test('a page that was hidden, or lost the focus, is visited again when that is over', () => {
  const { events, show, stop } = watched()
  show('hidden')
  show('visible')
  expect(events).toEqual(['revisited'])
  dispatchEvent(new Event('blur'))
  dispatchEvent(new Event('focus'))
  expect(events).toEqual(['revisited', 'revisited'])
  stop()
})

test('a focus without a blur before it, and being online again, are no new visit', () => {
  const { events, stop } = watched()
  dispatchEvent(new Event('focus'))
  dispatchEvent(new Event('online'))
  dispatchEvent(new Event('blur'))
  dispatchEvent(new Event('focus'))
  dispatchEvent(new Event('focus'))
  expect(events).toEqual(['returned', 'returned', 'revisited', 'returned'])
  stop()
})

test('what is not looked at any more says nothing', () => {
  const { events, show, stop } = watched()
  stop()
  show('hidden')
  show('visible')
  dispatchEvent(new Event('blur'))
  dispatchEvent(new Event('focus'))
  expect(events).toEqual([])
})
