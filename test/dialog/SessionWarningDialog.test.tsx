import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { SessionWarningDialog } from '../../src/dialog/SessionWarningDialog.js'
import { renderWarning } from './renderWarning.js'

const field = <input aria-label="Notes" defaultValue="half a sentence" />

describe('the warning dialog', () => {
  test('is not there while all is well', () => {
    renderWarning()
    expect(screen.queryByRole('alertdialog')).toBeNull()
  })

  test('names itself by its heading and describes itself by a sentence that does not tick', () => {
    const { become, countTo } = renderWarning()
    become({ status: 'warning' })
    const dialog = screen.getByRole('alertdialog', { name: "You're about to be signed out" })
    expect(dialog).toHaveAttribute('aria-modal', 'true')
    const description = dialog.ariaDescription ?? dialog.getAttribute('aria-describedby')
    countTo(59)
    expect(dialog.getAttribute('aria-describedby')).toBe(description)
    expect(dialog).toHaveAccessibleDescription(/we sign you out when you haven't been active/)
  })

  test('shows whole minutes, rounded up, then seconds, the last one in the singular', () => {
    const { become, countTo } = renderWarning()
    become({ status: 'warning' })
    const shown = [120, 100, 61, 60, 59, 1, 0].map((seconds) => {
      countTo(seconds)
      return screen.getByRole('timer').textContent
    })
    expect(shown).toEqual([
      "You'll be signed out in 2 minutes.",
      "You'll be signed out in 2 minutes.",
      "You'll be signed out in 2 minutes.",
      "You'll be signed out in 1 minute.",
      "You'll be signed out in 59 seconds.",
      "You'll be signed out in 1 second.",
      "You're being signed out.",
    ])
  })

  test('takes the focus itself, so that nobody who is typing presses a button', async () => {
    const { become, extend, signOut } = renderWarning({ app: field })
    screen.getByRole('textbox').focus()
    become({ status: 'warning' })
    expect(screen.getByRole('alertdialog')).toHaveFocus()
    await userEvent.keyboard('hello world{Enter}')
    expect(extend).not.toHaveBeenCalled()
    expect(signOut).not.toHaveBeenCalled()
  })

  test('asks once to stay, and closes only when the session says so', async () => {
    const { become, extend } = renderWarning()
    become({ status: 'warning' })
    await userEvent.click(screen.getByRole('button', { name: 'Stay signed in' }))
    expect(extend).toHaveBeenCalledTimes(1)
    expect(screen.getByRole('alertdialog')).toBeVisible()
    become({ status: 'active' })
    expect(screen.queryByRole('alertdialog')).toBeNull()
  })

  test('signs out', async () => {
    const { become, signOut } = renderWarning()
    become({ status: 'warning' })
    await userEvent.click(screen.getByRole('button', { name: 'Sign out' }))
    expect(signOut).toHaveBeenCalledTimes(1)
  })

  test('says that staying failed and leaves both ways on', () => {
    const { become } = renderWarning()
    become({ status: 'warning' })
    become({ extension: 'failed' })
    const dialog = screen.getByRole('alertdialog')
    expect(dialog).toHaveTextContent("We couldn't reach the server")
    expect(dialog).toHaveAttribute('data-extension', 'failed')
    expect(screen.getByRole('button', { name: 'Stay signed in' })).toBeEnabled()
  })

  test('stays signed in on Escape, once for a key that is held', async () => {
    const { become, extend } = renderWarning()
    become({ status: 'warning' })
    await userEvent.keyboard('{Escape>5/}')
    expect(extend).toHaveBeenCalledTimes(1)
    expect(screen.getByRole('alertdialog')).toBeVisible()
  })

  test('gives the focus back with the caret where it was', async () => {
    const { become } = renderWarning({ app: field })
    const notes = screen.getByRole<HTMLInputElement>('textbox')
    notes.focus()
    notes.setSelectionRange(4, 6)
    become({ status: 'warning' })
    become({ status: 'active' })
    await waitFor(() => expect(notes).toHaveFocus())
    expect([notes.selectionStart, notes.selectionEnd]).toEqual([4, 6])
  })

  test('is not shown while the content is covered', () => {
    const { become } = renderWarning()
    become({ status: 'warning', covered: true })
    expect(screen.queryByRole('alertdialog')).toBeNull()
  })
})

describe('a session that cannot be extended', () => {
  test('is no trap: the warning can be put aside, and the time stays in sight', async () => {
    const { become, countTo } = renderWarning()
    become({ status: 'warning', endsBy: 'absolute', extendable: false })
    countTo(300)
    expect(screen.getByRole('alertdialog', { name: 'Your session is about to end' })).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Stay signed in' })).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Continue and save' }))
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(screen.getByRole('timer')).toHaveTextContent('Your session ends in 5 minutes.')
  })

  test('puts the warning aside on Escape', async () => {
    const { become, extend } = renderWarning()
    become({ status: 'warning', endsBy: 'absolute', extendable: false })
    await userEvent.keyboard('{Escape}')
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(extend).not.toHaveBeenCalled()
  })
})

describe("one's own warning", () => {
  test('gets everything by its render prop, in place of the built-in one', async () => {
    const { become, extend } = renderWarning({
      warning: ({ secondsLeft, extend, titleId }) => (
        <div role="dialog" aria-labelledby={titleId}>
          <h2 id={titleId}>Still there?</h2>
          <button type="button" onClick={() => void extend()}>
            Yes ({secondsLeft})
          </button>
        </div>
      ),
    })
    expect(screen.queryByRole('dialog')).toBeNull()
    become({ status: 'warning' })
    expect(screen.getByRole('dialog', { name: 'Still there?' })).toBeVisible()
    expect(screen.queryByRole('alertdialog')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Yes (120)' }))
    expect(extend).toHaveBeenCalledTimes(1)
  })

  test('can be made of the built-in parts', () => {
    const { become } = renderWarning({
      warning: () => (
        <SessionWarningDialog.Root>
          <SessionWarningDialog.Title>Still there?</SessionWarningDialog.Title>
          <SessionWarningDialog.Description />
          <SessionWarningDialog.Stay>Yes</SessionWarningDialog.Stay>
        </SessionWarningDialog.Root>
      ),
    })
    become({ status: 'warning' })
    expect(screen.getByRole('alertdialog', { name: 'Still there?' })).toHaveFocus()
    expect(screen.getByRole('button', { name: 'Yes' })).toBeVisible()
  })
})
