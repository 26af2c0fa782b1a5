import type { Meta, StoryObj } from '@storybook/react-vite'
import { screen, userEvent, within } from 'storybook/test'
import { SessionSecurityProvider } from '../src/dialog/SessionSecurityProvider.js'
import { CaseApp } from './CaseApp.js'
import { ScreenReaderLog } from './ScreenReaderLog.js'
import { type Played, withServer } from './withServer.js'

/** What a screen reader says of a warning, and at which second. */
const meta = {
  component: SessionSecurityProvider,
  args: { extendOn: 'button', children: <CaseApp /> },
  render: (args) => (
    <>
      <SessionSecurityProvider {...args} />
      <ScreenReaderLog />
    </>
  ),
} satisfies Meta<typeof SessionSecurityProvider>

export default meta
type Story = StoryObj<typeof meta>

/** The next announcement, at one minute, is only seconds away. */
const lastMinute = { idleFor: 537_500 }

async function heard({ canvas }: Played, ...texts: RegExp[]): Promise<void> {
  const log = within(canvas.getByRole('list', { name: 'A screen reader is told' }))
  for (const text of texts) await log.findByText(text, {}, { timeout: 8_000 })
}

const opening = /^You're about to be signed out\. .* may be lost/

/** Without an answer, up to the end: name and description, then one minute, 40 s, 20 s, now. */
export const LeftAlone: Story = withServer('/left-alone', lastMinute, async (played) => {
  await heard(played, opening, /in 1 minute/)
})

/** After "Stay signed in": the outcome is announced outside the dialog, once it has closed. */
export const Stayed: Story = withServer('/stayed', lastMinute, async (played) => {
  await heard(played, opening)
  await userEvent.click(screen.getByRole('button', { name: 'Stay signed in' }))
  await heard(played, /You're still signed in/)
})
