import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, screen, userEvent, waitFor } from 'storybook/test'
import { SessionExpiredScreen } from '../src/dialog/expired/SessionExpiredScreen.js'
import { SessionSecurityProvider } from '../src/dialog/SessionSecurityProvider.js'
import { CaseApp } from './CaseApp.js'
import { SignInForm } from './SignInForm.js'
import { lastSeconds, type Played, warning, withServer } from './withServer.js'

/** A session from the first request to the end. MSW is the server. */
const meta = {
  component: SessionSecurityProvider,
  args: { extendOn: 'button', children: <CaseApp /> },
} satisfies Meta<typeof SessionSecurityProvider>

export default meta
type Story = StoryObj<typeof meta>

/** The session is active: nothing is shown. */
export const Active: Story = withServer('/active', {}, async ({ canvas }) => {
  await canvas.findByText('active')
  await expect(screen.queryByRole('alertdialog')).toBeNull()
})

/** Idle for 8 minutes of 10: the warning, with two minutes to answer. */
export const Warning: Story = withServer('/warning', warning, async () => {
  const name = "You're about to be signed out"
  await expect(await screen.findByRole('alertdialog', { name })).toHaveFocus()
})

/** The server has confirmed that the session continues. */
export const Extended: Story = withServer('/extended', warning, async ({ canvas }) => {
  await userEvent.click(await screen.findByRole('button', { name: 'Stay signed in' }))
  await canvas.findByText('active')
  await expect(screen.queryByRole('alertdialog')).toBeNull()
  await waitFor(() => expect(canvas.getByText("You're still signed in.")).toBeInTheDocument())
})

/** The session is over: nothing of the app is left on the page. */
export const Expired: Story = withServer('/expired', lastSeconds, async ({ canvas }) => {
  const name = "You've been signed out"
  await canvas.findByRole('heading', { name }, { timeout: 5_000 })
  await expect(canvas.getByRole('button', { name: 'Sign in again' })).toBeVisible()
  await expect(canvas.queryByText('Decision due')).toBeNull()
})

/** The server does not answer. This browser decides meanwhile, and the page says so. */
export const WithoutServer: Story = withServer('/without-server', warning, async (played) => {
  await screen.findByRole('button', { name: 'Stay signed in' })
  played.server.behave('down')
  await userEvent.click(screen.getByRole('button', { name: 'Stay signed in' }))
  await played.canvas.findByText(/can't be reached at the moment/, {}, { timeout: 10_000 })
})

/** The session is over. The content is kept, hidden, until the same person signs in again, here or in another tab. */
export const Locked: Story = {
  ...withServer('/locked', {}, async (played) => void (await lock(played))),
  args: { endpoint: '/locked', expiredAction: 'lock' },
  render: (args) => (
    <SessionSecurityProvider
      {...args}
      renderExpired={({ signedIn }) => (
        <SessionExpiredScreen>
          <SignInForm onSignedIn={signedIn} />
        </SessionExpiredScreen>
      )}
    />
  ),
}

/** Signing in again brings back the half-written note. */
export const Unlocked: Story = {
  ...Locked,
  ...withServer('/unlocked', {}, async (played) => {
    const notes = await lock(played)
    played.server.signIn('ada')
    await userEvent.type(await played.canvas.findByLabelText('Password'), 'of ada{Enter}')
    await waitFor(() => expect(notes).toBeVisible())
    await expect(notes).toHaveValue('The applicant called on Monday and said that')
  }),
  args: { endpoint: '/unlocked', expiredAction: 'lock' },
}

async function lock({ canvas, server }: Played): Promise<HTMLElement> {
  const notes = await canvas.findByLabelText('Notes')
  await canvas.findByText('active')
  await userEvent.type(notes, ' said that')
  server.end('idle')
  await userEvent.click(canvas.getByRole('button', { name: 'Ask the server' }))
  await canvas.findByText(/is kept/)
  await expect(notes).not.toBeVisible()
  return notes
}

/** Your own warning, by render prop. Its argument has everything that the built-in one uses. */
export const CustomWarning: Story = {
  ...withServer('/custom-warning', warning, async ({ canvas }) => {
    await canvas.findByRole('dialog', { name: 'Still there?' })
    await expect(screen.queryByRole('alertdialog')).toBeNull()
  }),
  render: (args) => (
    <SessionSecurityProvider
      {...args}
      renderWarning={({ secondsLeft, extend, signOut, titleId, announcement }) => (
        <section className="custom-warning" role="dialog" aria-labelledby={titleId}>
          <h2 id={titleId}>Still there?</h2>
          <p>{secondsLeft} seconds left.</p>
          <p aria-live="polite">{announcement}</p>
          <button type="button" onClick={() => void extend()}>
            I'm here
          </button>{' '}
          <button type="button" onClick={() => void signOut()}>
            I'm done
          </button>
        </section>
      )}
    />
  ),
}

/** Your own screen for the end. */
export const CustomExpired: Story = {
  ...withServer('/custom-expired', lastSeconds, async ({ canvas }) => {
    await canvas.findByRole('heading', { name: 'See you later' }, { timeout: 5_000 })
  }),
  render: (args) => (
    <SessionSecurityProvider
      {...args}
      renderExpired={({ reason, signIn, titleId }) => (
        <main className="case-app" aria-labelledby={titleId}>
          <h1 id={titleId}>See you later</h1>
          <p>Why: {reason}.</p>
          <button type="button" onClick={signIn}>
            I'm back
          </button>
        </main>
      )}
    />
  ),
}
