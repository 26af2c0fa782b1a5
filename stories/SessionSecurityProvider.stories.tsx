import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, screen, userEvent, waitFor } from 'storybook/test'
import { SessionSecurityProvider } from '../src/dialog/SessionSecurityProvider.js'
import { type MockServerOptions, mockServer } from '../src/msw.js'
import { CaseApp } from './CaseApp.js'

/** A session in each state, from the first question to the end; MSW is the server. */
const meta = {
  component: SessionSecurityProvider,
  args: { extendOn: 'button', children: <CaseApp /> },
} satisfies Meta<typeof SessionSecurityProvider>

export default meta
type Story = StoryObj<typeof meta>

/** Each story has its own server, since the stories of one page share a document. */
function answeredBy(endpoint: string, options: MockServerOptions): Story {
  return {
    args: { endpoint },
    beforeEach({ msw }) {
      msw.use(...mockServer({ url: endpoint, ...options }).handlers)
    },
  }
}

const policy = { warnAfter: 480_000, expireAfter: 600_000 }

/** All is well: nothing is seen. */
export const Active: Story = {
  ...answeredBy('/active', { policy }),
  async play({ canvas }) {
    await canvas.findByText('active')
    await expect(screen.queryByRole('alertdialog')).toBeNull()
  },
}

/** Idle for 8 minutes of 10: the warning, with two minutes to answer. */
export const Warning: Story = {
  ...answeredBy('/warning', { policy, idleFor: 485_000 }),
  async play({ canvas }) {
    const dialog = await screen.findByRole('alertdialog', {
      name: "You're about to be signed out",
    })
    await expect(dialog).toHaveFocus()
    await userEvent.click(screen.getByRole('button', { name: 'Stay signed in' }))
    await canvas.findByText('active')
    await expect(screen.queryByRole('alertdialog')).toBeNull()
    await waitFor(() => expect(canvas.getByText("You're still signed in.")).toBeInTheDocument())
  },
}

/** Over: nothing of the app is left on the page. */
export const Expired: Story = {
  ...answeredBy('/expired', {
    policy: { warnAfter: 480_000, expireAfter: 482_000 },
    idleFor: 480_500,
  }),
  async play({ canvas }) {
    await canvas.findByRole('heading', { name: "You've been signed out" }, { timeout: 5_000 })
    await expect(canvas.getByRole('button', { name: 'Sign in again' })).toBeVisible()
    await expect(canvas.queryByText('Decision due')).toBeNull()
  },
}

/** A warning of one's own, by render prop: everything the built-in one knows is in its argument. */
export const CustomWarning: Story = {
  ...answeredBy('/custom-warning', { policy, idleFor: 485_000 }),
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
          </button>
          <button type="button" onClick={() => void signOut()}>
            I'm done
          </button>
        </section>
      )}
    />
  ),
  async play({ canvas }) {
    await canvas.findByRole('dialog', { name: 'Still there?' })
    await userEvent.click(canvas.getByRole('button', { name: "I'm here" }))
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull())
  },
}
