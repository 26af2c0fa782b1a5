import { createEvent, fireEvent, screen } from '@testing-library/react'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { SessionWarningDialog } from '../../../src/dialog/warning/SessionWarningDialog.js'
import {
  advance,
  idleUntil,
  oldUntil,
  press,
  renderSession,
} from '../../support/jsdom/renderSession.js'

const dialog = () => screen.getByRole('alertdialog')
const button = (name: string) => screen.getByRole('button', { name })

/** Presses a key down on an element; `true` if the browser would act on it. */
function isLetThrough(
  element: Element,
  key: string,
  init: KeyboardEventInit & { at?: number; type?: 'keyDown' | 'keyUp' } = {},
): boolean {
  const { at, type = 'keyDown', ...rest } = init
  const event = createEvent[type](element, { key, ...rest })
  if (at !== undefined) Object.defineProperty(event, 'timeStamp', { value: at })
  return fireEvent(element, event)
}

describe('Tab', () => {
  test('backwards from the dialog itself goes to its last button', async () => {
    await renderSession()
    expect(dialog()).toHaveFocus()
    expect(isLetThrough(dialog(), 'Tab', { shiftKey: true })).toBe(false)
    expect(button('Sign out')).toHaveFocus()
  })

  test('backwards skips a disabled button', async () => {
    await renderSession({
      renderWarning: () => (
        <SessionWarningDialog.Root>
          <SessionWarningDialog.Stay />
          <SessionWarningDialog.SignOut disabled />
          <span tabIndex={-1} />
        </SessionWarningDialog.Root>
      ),
    })
    isLetThrough(dialog(), 'Tab', { shiftKey: true })
    expect(button('Stay signed in')).toHaveFocus()
  })

  test('otherwise is left to the browser', async () => {
    await renderSession()
    expect(isLetThrough(dialog(), 'Tab')).toBe(true)
    expect(isLetThrough(dialog(), 'a', { shiftKey: true })).toBe(true)
    expect(dialog()).toHaveFocus()
    button('Sign out').focus()
    expect(isLetThrough(button('Sign out'), 'Tab', { shiftKey: true })).toBe(true)
  })
})

describe('Enter and Space', () => {
  test('press a button, but not as the repeats of a key that is held down', async () => {
    await renderSession()
    for (const key of ['Enter', ' ']) {
      expect(isLetThrough(button('Stay signed in'), key)).toBe(true)
      expect(isLetThrough(button('Stay signed in'), key, { repeat: true })).toBe(false)
    }
    expect(isLetThrough(button('Stay signed in'), 'a', { repeat: true })).toBe(true)
  })

  test('press nothing in the first second if the focus starts on a button', async () => {
    await renderSession({
      renderWarning: () => <SessionWarningDialog initialFocus="stay" />,
    })
    const stay = button('Stay signed in')
    expect(stay).toHaveFocus()
    const openedAt = performance.now()
    for (const type of ['keyDown', 'keyUp'] as const)
      for (const key of ['Enter', ' ']) {
        expect(isLetThrough(stay, key, { type, at: openedAt + 999 })).toBe(false)
        expect(isLetThrough(stay, key, { type, at: openedAt + 1_000 })).toBe(true)
      }
    expect(isLetThrough(stay, 'a', { at: openedAt })).toBe(true)
    expect(isLetThrough(stay, 'a', { at: openedAt, type: 'keyUp' })).toBe(true)
  })

  test('work at once if the focus starts on the dialog', async () => {
    await renderSession()
    for (const type of ['keyDown', 'keyUp'] as const)
      expect(isLetThrough(dialog(), 'Enter', { type, at: performance.now() })).toBe(true)
  })
})

describe('Escape', () => {
  test('reaches nothing of the app, whether it listens early or late', async () => {
    const heard = vi.fn()
    document.addEventListener('keydown', heard, true)
    document.addEventListener('keydown', heard)
    onTestFinished(() => {
      document.removeEventListener('keydown', heard, true)
      document.removeEventListener('keydown', heard)
    })
    await renderSession()
    isLetThrough(dialog(), 'a')
    expect(heard).toHaveBeenCalledTimes(2)
    expect(isLetThrough(dialog(), 'Escape')).toBe(false)
    expect(heard).toHaveBeenCalledTimes(2)
  })

  test('stays signed in once, however long it is held down', async () => {
    const { server } = await renderSession()
    isLetThrough(dialog(), 'Escape', { repeat: true })
    await advance(0)
    expect(server.ask).not.toHaveBeenCalled()
    server.says = idleUntil(600_000)
    isLetThrough(dialog(), 'Escape')
    await advance(0)
    expect(server.ask).toHaveBeenCalledTimes(1)
  })

  test('is left to an input method that is composing', async () => {
    const { server } = await renderSession()
    isLetThrough(dialog(), 'Escape', { isComposing: true })
    await advance(0)
    expect(server.ask).not.toHaveBeenCalled()
  })

  test('can be ignored, or do what the app says', async () => {
    const onEscape = vi.fn()
    const { server, unmount } = await renderSession({
      renderWarning: () => <SessionWarningDialog onEscape={onEscape} />,
    })
    isLetThrough(dialog(), 'Escape')
    expect(onEscape).toHaveBeenCalledTimes(1)
    expect(server.ask).not.toHaveBeenCalled()
    unmount()
    const ignoring = await renderSession({
      renderWarning: () => <SessionWarningDialog onEscape="ignore" />,
    })
    isLetThrough(dialog(), 'Escape')
    expect(ignoring.server.ask).not.toHaveBeenCalled()
    expect(dialog()).toBeVisible()
  })

  test('is the app’s again once the warning is gone', async () => {
    const { server } = await renderSession()
    server.says = idleUntil(600_000)
    await press('Stay signed in')
    expect(isLetThrough(document.body, 'Escape')).toBe(true)
  })
})

describe('the mouse', () => {
  test('beside the dialog takes the focus off no button', async () => {
    await renderSession()
    expect(fireEvent.mouseDown(dialog())).toBe(false)
    expect(fireEvent.mouseDown(button('Sign out'))).toBe(true)
  })

  test('pressed in the dialog is not seen by a dialog of the app beneath', async () => {
    const heard = vi.fn()
    document.addEventListener('pointerdown', heard)
    onTestFinished(() => document.removeEventListener('pointerdown', heard))
    await renderSession()
    fireEvent.pointerDown(button('Sign out'))
    expect(heard).not.toHaveBeenCalled()
  })

  test('reaches the dialog even if another dialog library takes the pointer from the page', async () => {
    await renderSession({
      renderWarning: () => <SessionWarningDialog style={{ color: 'red', pointerEvents: 'none' }} />,
    })
    expect(dialog()).toHaveStyle({ pointerEvents: 'auto', color: 'rgb(255, 0, 0)' })
  })
})

test('a warning that was dismissed does not keep the next one away', async () => {
  const { server, session } = await renderSession({ says: oldUntil(300_000) })
  await press('Continue and save')
  expect(screen.queryByRole('alertdialog')).toBeNull()
  // The session got another absolute limit.
  await advance(1_000)
  server.says = oldUntil(400_000)
  void session.check()
  await advance(1_000)
  expect(session.getState().status).toBe('active')
  expect(screen.queryByRole('timer')).toBeNull()
  await advance(100_000)
  expect(session.getState().status).toBe('warning')
  expect(dialog()).toBeVisible()
})
