import { act } from '@testing-library/react'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { advance, idleUntil, renderSession } from '../../support/jsdom/renderSession.js'

beforeEach(() => {
  document.title = 'Case C-2041'
})

/** Hides or shows the tab, as the browser does. */
function setHidden(hidden: boolean): void {
  const spy = vi.spyOn(Document.prototype, 'hidden', 'get').mockReturnValue(hidden)
  onTestFinished(() => spy.mockRestore())
  act(() => {
    document.dispatchEvent(new Event('visibilitychange'))
  })
}

test('a hidden tab shows the remaining time in its title, in steps of 15 seconds', async () => {
  await renderSession()
  expect(document.title).toBe('Case C-2041')
  setHidden(true)
  expect(document.title).toBe('(2:00) Case C-2041')
  await advance(14_000)
  expect(document.title).toBe('(2:00) Case C-2041')
  await advance(1_000)
  expect(document.title).toBe('(1:45) Case C-2041')
  await advance(98_000)
  expect(document.title).toBe('(0:15) Case C-2041')
})

test('a tab that is shown again gets its title back', async () => {
  await renderSession()
  setHidden(true)
  setHidden(false)
  expect(document.title).toBe('Case C-2041')
  await advance(30_000)
  expect(document.title).toBe('Case C-2041')
})

test('the title comes back when the warning ends', async () => {
  const { server, session } = await renderSession()
  setHidden(true)
  expect(document.title).toBe('(2:00) Case C-2041')
  server.says = idleUntil(600_000)
  void session.extend()
  await advance(1_000)
  expect(document.title).toBe('Case C-2041')
})

test('a title that the app sets meanwhile stays, with the time in front of it', async () => {
  await renderSession()
  setHidden(true)
  document.title = 'Case C-2042'
  await advance(15_000)
  expect(document.title).toBe('(1:45) Case C-2042')
  setHidden(false)
  expect(document.title).toBe('Case C-2042')
})

test('a title that the app sets while the tab shows again stays', async () => {
  await renderSession()
  setHidden(true)
  document.title = 'Inbox'
  setHidden(false)
  expect(document.title).toBe('Inbox')
})
