import { screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { SessionWarningDialog } from '../../../src/dialog/warning/SessionWarningDialog.js'
import {
  advance,
  idleUntil,
  key,
  oldUntil,
  press,
  renderSession,
} from '../../support/jsdom/renderSession.js'

const field = <input aria-label="Notes" defaultValue="half a sentence" />
const title = "You're about to be signed out"

describe('the warning dialog', () => {
  test('appears at its time and not a second before', async () => {
    await renderSession({ says: idleUntil(180_000) })
    await advance(59_000)
    expect(screen.queryByRole('alertdialog')).toBeNull()
    await advance(1_000)
    expect(screen.getByRole('alertdialog', { name: title })).toBeVisible()
  })

  test('says why, when, what happens to unsaved work and how to continue; "Sign out" can be hidden', async () => {
    const { unmount } = await renderSession()
    const dialog = screen.getByRole('alertdialog', { name: title })
    expect(dialog).toHaveTextContent(/for your security/i)
    expect(dialog).toHaveTextContent(/signed out in 2 minutes/)
    expect(dialog).toHaveTextContent(/haven't saved may be lost/)
    const buttons = screen.getAllByRole('button').map((button) => button.textContent)
    expect(buttons).toEqual(['Stay signed in', 'Sign out'])
    expect(screen.getByRole('button', { name: 'Sign out' })).not.toHaveFocus()
    unmount()

    await renderSession({ renderWarning: () => <SessionWarningDialog hideSignOut /> })
    expect(screen.getAllByRole('button')).toHaveLength(1)
  })

  test('is described by a sentence that does not change', async () => {
    await renderSession()
    const dialog = screen.getByRole('alertdialog')
    expect(dialog).toHaveAttribute('aria-modal', 'true')
    expect(dialog).toHaveAccessibleDescription(/we sign you out when you haven't been active/)
    const before = dialog.getAttribute('aria-describedby')
    await advance(61_000)
    expect(dialog.getAttribute('aria-describedby')).toBe(before)
    expect(dialog).toHaveAccessibleDescription(/we sign you out when you haven't been active/)
  })

  test('shows whole minutes, rounded up, then seconds, with "1 second" in the singular', async () => {
    await renderSession()
    const shown = [screen.getByRole('timer').textContent]
    for (const ms of [20_000, 39_000, 1_000, 1_000, 58_000]) {
      await advance(ms)
      shown.push(screen.getByRole('timer').textContent)
    }
    expect(shown).toEqual([
      "You'll be signed out in 2 minutes.",
      "You'll be signed out in 2 minutes.",
      "You'll be signed out in 2 minutes.",
      "You'll be signed out in 1 minute.",
      "You'll be signed out in 59 seconds.",
      "You'll be signed out in 1 second.",
    ])
  })

  test('stops counting at zero, however long the server takes', async () => {
    const { server, session } = await renderSession()
    server.says = () => new Promise(() => {})
    await advance(119_500)
    expect(session.getSecondsLeft()).toBe(1)
    for (const ms of [500, 1_000, 60_000]) {
      await advance(ms)
      expect(session.getSecondsLeft()).toBe(0)
    }
  })

  test('takes the focus itself, so that a user who is typing presses no button', async () => {
    const { server } = await renderSession({ app: field, says: idleUntil(121_000) })
    screen.getByRole('textbox').focus()
    await advance(1_000)
    server.ask.mockClear()
    expect(screen.getByRole('alertdialog')).toHaveFocus()
    for (const letter of [...'hello world', 'Enter']) await key(letter)
    expect(server.ask).not.toHaveBeenCalled()
    expect(server.end).not.toHaveBeenCalled()
  })

  test('asks once to stay, and closes once the server confirms', async () => {
    const { server } = await renderSession()
    const later = idleUntil(600_000)
    server.says = () => new Promise((answer) => setTimeout(() => answer(later()), 2_000))
    await press('Stay signed in')
    await advance(1_900)
    expect(screen.getByRole('alertdialog')).toBeVisible()
    await advance(100)
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(server.ask).toHaveBeenCalledTimes(1)
  })

  test('says that staying takes long, and the button keeps the focus', async () => {
    const { server } = await renderSession()
    server.says = () => new Promise(() => {})
    const stay = screen.getByRole('button', { name: 'Stay signed in' })
    stay.focus()
    await press('Stay signed in')
    await advance(400)
    expect(screen.getByRole('alertdialog')).toHaveAttribute('data-extension', 'pending')
    expect(stay).toHaveAttribute('aria-disabled', 'true')
    expect(stay).toHaveFocus()
  })

  test('says that staying failed, stays open, and lets the user retry', async () => {
    const { server } = await renderSession()
    server.says = () => Promise.reject(new Error('offline'))
    await press('Stay signed in')
    const dialog = screen.getByRole('alertdialog')
    expect(dialog).toHaveAttribute('data-extension', 'failed')
    expect(dialog).toHaveTextContent("We couldn't reach the server")
    server.says = idleUntil(600_000)
    await press('Stay signed in')
    expect(screen.queryByRole('alertdialog')).toBeNull()
  })

  test('signs out', async () => {
    const { server } = await renderSession()
    await press('Sign out')
    expect(server.end).toHaveBeenCalledTimes(1)
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(screen.getByRole('heading', { name: "You've signed out" })).toBeVisible()
  })

  test('stays signed in on Escape, once for a key that is held', async () => {
    const { server } = await renderSession()
    server.says = () => new Promise(() => {})
    await key('Escape')
    for (let time = 0; time < 5; time += 1) await key('Escape', true)
    expect(server.ask).toHaveBeenCalledTimes(1)
    expect(screen.getByRole('alertdialog')).toBeVisible()
  })

  test('gives the focus back with the caret where it was', async () => {
    const { server } = await renderSession({ app: field, says: idleUntil(121_000) })
    const notes = screen.getByRole<HTMLInputElement>('textbox')
    notes.focus()
    notes.setSelectionRange(4, 6)
    await advance(1_000)
    expect(notes).not.toHaveFocus()
    server.says = idleUntil(600_000)
    await press('Stay signed in')
    await advance(100)
    expect(notes).toHaveFocus()
    expect([notes.selectionStart, notes.selectionEnd]).toEqual([4, 6])
  })

  test('can be answered in its last second', async () => {
    const { server, session } = await renderSession()
    await advance(119_500)
    expect(screen.getByRole('timer')).toHaveTextContent('in 1 second')
    server.says = idleUntil(600_000)
    await press('Stay signed in')
    await advance(1_000)
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(session.getState()).toMatchObject({ status: 'active', covered: false })
  })

  test('comes again, with the same time to answer, after each answer', async () => {
    const { server } = await renderSession()
    for (let time = 0; time < 12; time += 1) {
      server.says = idleUntil(600_000)
      await press('Stay signed in')
      await advance(0)
      expect(screen.queryByRole('alertdialog')).toBeNull()
      await advance(480_000)
      expect(screen.getByRole('timer')).toHaveTextContent('in 2 minutes')
    }
  })
})

describe('a session that cannot be extended', () => {
  test('can be dismissed, and the remaining time stays visible', async () => {
    await renderSession({ says: oldUntil(300_000) })
    expect(screen.getByRole('alertdialog', { name: 'Your session is about to end' })).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Stay signed in' })).toBeNull()
    await press('Continue and save')
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(screen.getByRole('timer')).toHaveTextContent('Your session ends in 5 minutes.')
  })

  test('is dismissed by Escape', async () => {
    const { server } = await renderSession({ says: oldUntil(300_000) })
    await key('Escape')
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(server.ask).not.toHaveBeenCalled()
  })
})

describe('your own warning', () => {
  test('gets everything from its render prop, instead of the built-in one', async () => {
    const { server } = await renderSession({
      renderWarning: ({ secondsLeft, extend, titleId }) => (
        <div role="dialog" aria-labelledby={titleId}>
          <h2 id={titleId}>Still there?</h2>
          <button type="button" onClick={() => void extend()}>
            Yes ({secondsLeft})
          </button>
        </div>
      ),
    })
    expect(screen.getByRole('dialog', { name: 'Still there?' })).toBeVisible()
    expect(screen.queryByRole('alertdialog')).toBeNull()
    server.says = idleUntil(600_000)
    await press('Yes (120)')
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('can be built from the built-in parts', async () => {
    await renderSession({
      renderWarning: () => (
        <SessionWarningDialog.Root>
          <SessionWarningDialog.Title>Still there?</SessionWarningDialog.Title>
          <SessionWarningDialog.Description />
          <SessionWarningDialog.Stay>Yes</SessionWarningDialog.Stay>
        </SessionWarningDialog.Root>
      ),
    })
    expect(screen.getByRole('alertdialog', { name: 'Still there?' })).toHaveFocus()
    expect(screen.getByRole('button', { name: 'Yes' })).toBeVisible()
  })

  test('asChild puts the behaviour of the parts on your own components', async () => {
    const { server } = await renderSession({
      renderWarning: () => (
        <SessionWarningDialog.Root>
          <SessionWarningDialog.Title asChild>
            <h3 className="own">Still there?</h3>
          </SessionWarningDialog.Title>
          <SessionWarningDialog.SignOut asChild>
            <button type="button" className="own" onClick={(event) => event.preventDefault()} />
          </SessionWarningDialog.SignOut>
          <SessionWarningDialog.Stay asChild>
            <button type="button" className="own">
              Go on
            </button>
          </SessionWarningDialog.Stay>
        </SessionWarningDialog.Root>
      ),
    })
    const dialog = screen.getByRole('alertdialog', { name: 'Still there?' })
    const title = screen.getByRole('heading', { level: 3 })
    expect(dialog).toHaveAttribute('aria-labelledby', title.id)
    expect(title.className).toBe('own')

    await press('Sign out')
    expect(server.end).not.toHaveBeenCalled()
    server.says = idleUntil(600_000)
    await press('Go on')
    expect(screen.queryByRole('alertdialog')).toBeNull()
  })
})
