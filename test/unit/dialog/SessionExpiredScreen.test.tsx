import { screen } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import type { Reason } from '../../../src/core/session.js'
import { SessionExpiredScreen } from '../../../src/dialog/expired/SessionExpiredScreen.js'
import {
  advance,
  ended,
  frame,
  idleUntil,
  press,
  renderSession,
} from '../../support/jsdom/renderSession.js'

const app = <p>Case 4711</p>

const withPassword = () => (
  <SessionExpiredScreen>
    <input aria-label="Password" />
  </SessionExpiredScreen>
)

describe('the expired screen', () => {
  test.each<[Exclude<Reason, 'unreachable' | 'unknown'>, string]>([
    ['idle', "You've been signed out"],
    ['absolute', 'Your session has ended'],
    ['revoked', 'Your session was ended'],
    ['signed-out', "You've signed out"],
  ])(
    'after %s says so in a heading that has the focus, in place of the app',
    async (reason, name) => {
      const { server } = await renderSession({ app })
      server.says = ended(reason)
      await advance(120_000)
      await advance(frame)
      expect(screen.getByRole('heading', { name })).toHaveFocus()
      expect(screen.queryByText('Case 4711')).toBeNull()
    },
  )

  test('leads to the sign-in', async () => {
    const signIn = vi.fn()
    const { server } = await renderSession({ app, signIn })
    server.says = ended('idle')
    await advance(120_000)
    await press('Sign in again')
    expect(signIn).toHaveBeenCalledWith({ returnTo: '/', returnFor: 'ada', reason: 'idle' })
  })

  test('says "Please sign in" if nobody was signed in on this page', async () => {
    await renderSession({ app, says: ended('idle') })
    await advance(10_000)
    expect(screen.getByRole('heading', { name: 'Please sign in' })).toBeVisible()
    expect(screen.getByRole('button', { name: 'Sign in' })).toBeVisible()
    expect(screen.queryByText(/lost/)).toBeNull()
  })

  test('shows your own sign-in form instead of its button', async () => {
    const { server } = await renderSession({ app, renderExpired: withPassword })
    server.says = ended('idle')
    await advance(120_000)
    expect(screen.getByRole('heading', { name: "You've been signed out" })).toBeVisible()
    expect(screen.getByRole('textbox', { name: 'Password' })).toBeVisible()
    expect(screen.queryByRole('button')).toBeNull()
  })

  test('leaves the focus where the user put it before the first frame', async () => {
    const { server, session } = await renderSession({ app, renderExpired: withPassword })
    server.says = ended('idle')
    void session.check()
    await advance(0)
    const password = screen.getByRole('textbox', { name: 'Password' })
    password.focus()
    await advance(frame)
    expect(password).toHaveFocus()
  })

  test("can be one's own", async () => {
    const { server } = await renderSession({
      app,
      renderExpired: ({ reason, titleId }) => <h1 id={titleId}>Over: {reason}</h1>,
    })
    server.says = ended('revoked')
    await advance(120_000)
    expect(screen.getByRole('heading', { name: 'Over: revoked' })).toBeVisible()
  })
})

test('announces that the user is still signed in after the dialog closes', async () => {
  const { server } = await renderSession({ app })
  server.says = idleUntil(600_000)
  await press('Stay signed in')
  await advance(100)
  expect(screen.queryByText("You're still signed in.")).toBeNull()
  await advance(100)
  expect(screen.getByText("You're still signed in.")).toHaveAttribute('aria-live', 'polite')
})
