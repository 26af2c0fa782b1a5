import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor } from 'storybook/test'
import { SessionSecurityProvider } from '../src/dialog/SessionSecurityProvider.js'
import { ar } from '../src/messages/ar.js'
import type { EndReason } from '../src/protocol/wire.js'
import { CaseApp } from './CaseApp.js'
import { lastSeconds, type Played, withServer } from './withServer.js'

/** The screen after the end, for each reason. */
const meta = {
  component: SessionSecurityProvider,
  args: { extendOn: 'button', children: <CaseApp /> },
} satisfies Meta<typeof SessionSecurityProvider>

export default meta
type Story = StoryObj<typeof meta>

/** The heading. It has the focus in the first frame after the cover is lifted. */
async function seen({ canvas }: Played, name: string): Promise<void> {
  const heading = await canvas.findByRole('heading', { name }, { timeout: 8_000 })
  await waitFor(() => expect(heading).toHaveFocus())
  await expect(canvas.queryByText('Decision due')).toBeNull()
}

function endedBecause(reason: EndReason, name: string): Story {
  return withServer(`/ended-${reason}`, {}, async (played) => {
    await played.canvas.findByText('active')
    played.server.end(reason)
    await userEvent.click(played.canvas.getByRole('button', { name: 'Ask the server' }))
    await seen(played, name)
  })
}

async function leave({ canvas, server }: Played): Promise<void> {
  await canvas.findByText('active')
  server.behave('down')
  await userEvent.click(canvas.getByRole('button', { name: 'Leave' }))
}

export const Idle: Story = endedBecause('idle', "You've been signed out")

export const Absolute: Story = endedBecause('absolute', 'Your session has ended')

export const Revoked: Story = endedBecause('revoked', 'Your session was ended')

export const Unknown: Story = endedBecause('unknown', "You've been signed out")

/** Signed out in this tab or in another one. */
export const SignedOut: Story = endedBecause('signed-out', "You've signed out")

/** Signed out in this tab, and the server has not confirmed it. */
export const SignOutUnconfirmed: Story = withServer('/unconfirmed', {}, async (played) => {
  await leave(played)
  await played.canvas.findByText(/hasn't confirmed yet/, {}, { timeout: 8_000 })
})

/** The server was unreachable at the deadline. */
export const Unreachable: Story = {
  ...withServer('/unreachable', lastSeconds, async (played) => {
    await played.canvas.findByText(/active|warning/)
    played.server.behave('down')
    await seen(played, "You've been signed out")
    await played.canvas.findByText(/couldn't reach the server/)
  }),
  args: { endpoint: '/unreachable', whenUnreachable: 'close', pingTimeout: 500 },
}

/** Nobody was signed in on this page: nothing is said about an end. */
export const PleaseSignIn: Story = withServer('/nobody', { subject: null }, async (context) => {
  await seen(context, 'Please sign in')
})

export const Arabic: Story = {
  ...withServer('/ended-in-arabic', lastSeconds, async (played) => {
    await seen(played, 'سُجِّل خروجك')
  }),
  args: { endpoint: '/ended-in-arabic', messages: ar },
}
