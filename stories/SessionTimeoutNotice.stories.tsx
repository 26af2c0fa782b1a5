import type { Meta, StoryObj } from '@storybook/react-vite'
import { SessionTimeoutNotice } from '../src/dialog/SessionTimeoutNotice.js'
import { ar } from '../src/messages/ar.js'
import { SignInForm } from './SignInForm.js'

/** For the sign-in page, before anything could be lost (WCAG 2.2.6). Works without a provider. */
const meta = {
  component: SessionTimeoutNotice,
  args: { policy: { expireAfter: 15 * 60_000, absoluteTimeout: 8 * 3_600_000 } },
  render: (args) => (
    <main className="case-app">
      <h1>Casework</h1>
      <SessionTimeoutNotice {...args} />
      <SignInForm onSignedIn={async () => {}} />
    </main>
  ),
} satisfies Meta<typeof SessionTimeoutNotice>

export default meta
type Story = StoryObj<typeof meta>

/** The idle limit and the absolute limit. */
export const BothLimits: Story = {}

/** A limit that is off is not mentioned. */
export const IdleLimit: Story = {
  args: { policy: { expireAfter: 15 * 60_000, absoluteTimeout: false } },
}

export const Arabic: Story = { args: { messages: ar } }
