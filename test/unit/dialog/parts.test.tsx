import { render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { SessionExpiredScreen } from '../../../src/dialog/expired/SessionExpiredScreen.js'
import { SessionWarningDialog } from '../../../src/dialog/warning/SessionWarningDialog.js'
import { expectErrors } from '../../support/jsdom/expectErrors.js'
import {
  advance,
  ended,
  frame,
  idleUntil,
  key,
  oldUntil,
  press,
  renderSession,
} from '../../support/jsdom/renderSession.js'

const { Root, Title, Description, Countdown, Progress, Stay, SignOut } = SessionWarningDialog

test('your own handler may prevent what a part does', async () => {
  const prevent = vi.fn((event: { preventDefault(): void }) => event.preventDefault())
  const { server } = await renderSession({
    renderWarning: () => (
      <Root>
        <Stay onClick={prevent} />
        <SignOut onClick={prevent} />
      </Root>
    ),
  })
  await press('Stay signed in')
  await press('Sign out')
  expect(prevent).toHaveBeenCalledTimes(2)
  expect(server.ask).not.toHaveBeenCalled()
  expect(server.end).not.toHaveBeenCalled()
})

test('your own handler is called before what a part does', async () => {
  const own = vi.fn()
  const { server } = await renderSession({
    renderWarning: () => (
      <Root>
        <SignOut onClick={own} />
      </Root>
    ),
  })
  await press('Sign out')
  expect(own).toHaveBeenCalledOnce()
  expect(server.end).toHaveBeenCalledOnce()
})

test('"Stay signed in" asks once while an answer is awaited', async () => {
  const { server } = await renderSession()
  server.says = () => new Promise(() => {})
  await press('Stay signed in')
  await advance(500)
  await press('Stay signed in')
  await press('Stay signed in')
  expect(server.ask).toHaveBeenCalledOnce()
})

test('parts have their class names, and yours beside them', async () => {
  await renderSession({
    renderWarning: () => (
      <Root className="own-root">
        <Title level={4} className="own" />
        <Description>Own words</Description>
        <Countdown asChild>
          <b className="mine" />
        </Countdown>
        <Progress />
        <Stay asChild>
          <a href="#stay">Own stay</a>
        </Stay>
      </Root>
    ),
  })
  const dialog = screen.getByRole('alertdialog')
  expect(dialog).toHaveClass('session-security-dialog', 'own-root')
  const heading = screen.getByRole('heading', { level: 4 })
  expect(heading.className).toBe('session-security-title own')
  expect(screen.getByText('Own words').className).toBe('session-security-description')
  const timer = screen.getByRole('timer')
  expect(timer.tagName).toBe('B')
  expect(timer.className).toBe('mine')
  expect(timer).toHaveTextContent("You'll be signed out in 2 minutes.")
  expect(dialog.querySelector('.session-security-progress')).toBeNull()
  const stay = screen.getByRole('link', { name: 'Own stay' })
  expect(stay.className).toBe('')
  expect(stay).not.toHaveAttribute('aria-disabled')
})

test('a session that ends by its age offers no sign-out, and no extension on "Continue and save"', async () => {
  const { server } = await renderSession({ says: oldUntil(120_000) })
  expect(screen.getByRole('alertdialog')).toHaveAttribute('data-ends-by', 'absolute')
  expect(screen.getByRole('alertdialog')).toHaveTextContent('Your session ends in 2 minutes.')
  expect(screen.getByRole('heading', { name: 'Your session is about to end' })).toBeVisible()
  expect(screen.getByText(/this one can't be extended/)).toBeVisible()
  expect(screen.getAllByRole('button')).toHaveLength(1)
  await press('Continue and save')
  expect(server.ask).not.toHaveBeenCalled()
  expect(screen.queryByRole('alertdialog')).toBeNull()
  const banner = screen.getByRole('region', { name: 'Your session is about to end' })
  expect(banner).toHaveTextContent('Your session ends in 2 minutes.')
  expect(banner).toHaveAttribute('dir', 'ltr')
})

test.each([
  ['ignore', 0],
  ['stay', 1],
] as const)("Escape with '%s' asks %i times to stay", async (onEscape, times) => {
  const { server } = await renderSession({
    renderWarning: () => <SessionWarningDialog onEscape={onEscape} />,
  })
  await advance(20)
  await key('Escape')
  expect(server.ask).toHaveBeenCalledTimes(times)
})

test('Escape does what the app says, and no other key does', async () => {
  const own = vi.fn()
  const { server } = await renderSession({
    renderWarning: () => <SessionWarningDialog onEscape={own} />,
  })
  await advance(20)
  await key('a')
  expect(own).not.toHaveBeenCalled()
  await key('Escape')
  expect(own).toHaveBeenCalledOnce()
  expect(server.ask).not.toHaveBeenCalled()
})

test('parts outside a warning, and the screen before the end, throw an error that says what is wrong', () => {
  expectErrors()
  expect(() => render(<Title />)).toThrow('no warning here')
  expect(() => render(<Countdown />)).toThrow('no warning here')
  expect(() => render(<SessionExpiredScreen />)).toThrow('the session is not over here')
})

test('the expired screen says why, that work may be lost, and takes the focus', async () => {
  await renderSession({ says: idleUntil(1_000) })
  await advance(2_000)
  const main = screen.getByRole('main', { name: "You've been signed out" })
  expect(main).toHaveAttribute('data-reason', 'idle')
  expect(main).toHaveTextContent("You hadn't been active for a while")
  expect(main).toHaveTextContent("Work that you hadn't saved may be lost.")
  expect(main.querySelector('[data-extension]')).toBeNull()
  await advance(frame)
  expect(screen.getByRole('heading', { level: 1 })).toHaveFocus()
  expect(screen.getByRole('button')).toHaveTextContent('Sign in again')
})

test('says nothing of lost work after a sign-out, and says if a sign-out is unconfirmed', async () => {
  const { server, session } = await renderSession({
    says: idleUntil(600_000),
    renderExpired: () => <SessionExpiredScreen headingLevel={3} />,
  })
  server.end.mockRejectedValue(new Error('offline'))
  void session.signOut()
  await advance(100)
  const main = screen.getByRole('main', { name: "You've signed out" })
  expect(screen.getByRole('heading', { level: 3 })).toBeVisible()
  expect(main).not.toHaveTextContent('may be lost')
  expect(screen.getByText(/hasn't confirmed yet/)).toHaveAttribute('role', 'status')
})

test('where nobody was signed in the screen gives no reason', async () => {
  await renderSession({ says: ended('revoked') })
  await advance(100)
  const main = screen.getByRole('main', { name: 'Please sign in' })
  expect(main).not.toHaveAttribute('data-reason')
  expect(main).not.toHaveTextContent('may be lost')
  expect(screen.getByRole('button')).toHaveTextContent('Sign in')
})
