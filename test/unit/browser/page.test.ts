import { afterEach, expect, test, vi } from 'vitest'
import { watchPage } from '../../../src/browser/ports/page.js'
import type { PageEvent } from '../../../src/core/run/environment.js'

afterEach(() => vi.restoreAllMocks())

function watched() {
  const events: PageEvent[] = []
  const hidden = vi.spyOn(Document.prototype, 'hidden', 'get').mockReturnValue(false)
  const stop = watchPage((event) => events.push(event))
  const show = (state: DocumentVisibilityState) => {
    hidden.mockReturnValue(state === 'hidden')
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
