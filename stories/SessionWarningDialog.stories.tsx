import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, screen, userEvent } from 'storybook/test'
import { SessionSecurityProvider } from '../src/dialog/SessionSecurityProvider.js'
import { SessionWarningDialog } from '../src/dialog/warning/SessionWarningDialog.js'
import { ar } from '../src/messages/ar.js'
import { cy } from '../src/messages/cy.js'
import { de } from '../src/messages/de.js'
import { CaseApp } from './CaseApp.js'
import { nearItsLimit, warning, withServer } from './withServer.js'

const zoomed = {
  zoomed: { name: '400 %', styles: { width: '320px', height: '256px' } },
}

/** The built-in warning, in each of its states. */
const meta = {
  component: SessionSecurityProvider,
  args: { extendOn: 'button', children: <CaseApp /> },
} satisfies Meta<typeof SessionSecurityProvider>

export default meta
type Story = StoryObj<typeof meta>

const stay = () => screen.findByRole('button', { name: 'Stay signed in' })

/** The dialog has the focus, so a key that the user was just typing presses no button. */
export const Open: Story = withServer('/open', warning, async () => {
  await stay()
  await expect(screen.getByRole('alertdialog')).toHaveFocus()
})

/** "Stay signed in" was pressed, and the server is slow. */
export const Extending: Story = {
  ...withServer('/extending', warning, async ({ server }) => {
    await stay()
    server.behave('silent')
    await userEvent.click(await stay())
    await screen.findAllByText('Keeping you signed in…')
  }),
}

/** The server was unreachable. The deadline stays, and the page retries. */
export const Failed: Story = {
  ...withServer('/failed', warning, async ({ server }) => {
    await stay()
    server.behave('down')
    await userEvent.click(await stay())
    await screen.findAllByText(/We couldn't reach the server/)
    await expect(screen.getByRole('alertdialog')).toBeVisible()
  }),
  args: { endpoint: '/failed', whenUnreachable: 'close' },
}

/** The absolute limit ends the session: it can't be extended, and there is time to save. */
export const AbsoluteLimit: Story = withServer('/absolute', nearItsLimit, async () => {
  await screen.findByRole('alertdialog', { name: 'Your session is about to end' })
  await expect(screen.queryByRole('button', { name: 'Stay signed in' })).toBeNull()
})

/** The same warning, dismissed: the remaining time stays visible, and does not block the page. */
export const PutAside: Story = withServer('/put-aside', nearItsLimit, async ({ canvas }) => {
  await userEvent.click(await screen.findByRole('button', { name: 'Continue and save' }))
  await expect(screen.queryByRole('alertdialog')).toBeNull()
  await expect(canvas.getByRole('timer')).toHaveTextContent('Your session ends in 5 minutes.')
})

/** Any input extends: move the mouse, and the warning closes. */
export const ClosedByActivity: Story = {
  ...withServer('/activity', warning, async () => {
    await stay()
  }),
  args: { endpoint: '/activity', extendOn: 'activity' },
}

/** Without "Sign out". */
export const WithoutSignOut: Story = {
  ...withServer('/without-sign-out', warning, async () => {
    await stay()
    await expect(screen.queryByRole('button', { name: 'Sign out' })).toBeNull()
  }),
  render: (args) => (
    <SessionSecurityProvider {...args} renderWarning={() => <SessionWarningDialog hideSignOut />} />
  ),
}

/** Built from the parts, with your own texts and order. */
export const FromParts: Story = {
  ...withServer('/from-parts', warning, async () => {
    await screen.findByRole('alertdialog', { name: 'Coffee break?' })
  }),
  render: (args) => (
    <SessionSecurityProvider
      {...args}
      renderWarning={() => (
        <SessionWarningDialog.Root className="coffee">
          <SessionWarningDialog.Title>Coffee break?</SessionWarningDialog.Title>
          <SessionWarningDialog.Description>
            We close the case file when nobody is looking at it.
          </SessionWarningDialog.Description>
          <SessionWarningDialog.Countdown />
          <SessionWarningDialog.Progress />
          <SessionWarningDialog.Stay>I'm back</SessionWarningDialog.Stay>
        </SessionWarningDialog.Root>
      )}
    />
  ),
}

/** German, with its long words. */
export const German: Story = {
  ...withServer('/german', warning, async () => {
    await screen.findByRole('alertdialog', { name: 'Sie werden gleich abgemeldet' })
  }),
  args: { endpoint: '/german', messages: de },
}

/** Welsh, which Chromium's `Intl` does not know. */
export const Welsh: Story = {
  ...withServer('/welsh', warning, async () => {
    await screen.findByRole('alertdialog', { name: 'Rydych ar fin cael eich allgofnodi' })
    await expect(screen.getByRole('timer')).toHaveTextContent('ymhen 2 funud')
  }),
  args: { endpoint: '/welsh', messages: cy },
}

/** Arabic, from right to left. */
export const Arabic: Story = {
  ...withServer('/arabic', warning, async () => {
    const dialog = await screen.findByRole('alertdialog', { name: 'أنت على وشك تسجيل الخروج' })
    await expect(dialog).toHaveAttribute('dir', 'rtl')
  }),
  args: { endpoint: '/arabic', messages: ar },
}

/** At 400 % zoom a laptop has 320 × 256 CSS pixels: nothing is cut off, and the dialog scrolls. */
export const ZoomedIn: Story = {
  ...withServer('/zoomed-in', warning, async () => {
    const dialog = await screen.findByRole('alertdialog')
    await expect(dialog.scrollWidth).toBeLessThanOrEqual(dialog.clientWidth)
    await expect(dialog.getBoundingClientRect().bottom).toBeLessThanOrEqual(innerHeight)
    await expect(dialog.getBoundingClientRect().right).toBeLessThanOrEqual(innerWidth)
  }),
  parameters: { viewport: { options: zoomed } },
  globals: { viewport: { value: 'zoomed' } },
}
