import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, screen, within } from 'storybook/test'
import { SessionSecurityProvider } from '../src/dialog/SessionSecurityProvider.js'
import { SessionWarningDialog } from '../src/dialog/warning/SessionWarningDialog.js'
import { CaseApp } from './CaseApp.js'
import { Button, Typography } from './designSystem.js'
import { warning, withServer } from './withServer.js'

/** A warning in the app's own looks: other components instead of the parts. */
const meta = {
  component: SessionSecurityProvider,
  args: { extendOn: 'button', children: <CaseApp /> },
} satisfies Meta<typeof SessionSecurityProvider>

export default meta
type Story = StoryObj<typeof meta>

/** A design system's components replace the parts and keep their texts (`asChild`). */
export const DesignSystem: Story = {
  ...withServer('/design-system', warning, async () => {
    const dialog = await screen.findByRole('alertdialog', {
      name: "You're about to be signed out",
    })
    const stay = within(dialog).getByRole('button', { name: 'Stay signed in' })
    await expect(stay).toHaveClass('ds-contained')
    await expect(stay).not.toHaveClass('session-security-button')
  }),
  render: (args) => (
    <SessionSecurityProvider
      {...args}
      renderWarning={() => (
        <SessionWarningDialog.Root className="ds-dialog">
          <SessionWarningDialog.Title asChild>
            <Typography variant="h6" component="h2" />
          </SessionWarningDialog.Title>
          <SessionWarningDialog.Countdown asChild>
            <Typography />
          </SessionWarningDialog.Countdown>
          <SessionWarningDialog.Description asChild>
            <Typography color="text.secondary" />
          </SessionWarningDialog.Description>
          <div className="ds-actions">
            <SessionWarningDialog.SignOut asChild>
              <Button />
            </SessionWarningDialog.SignOut>
            <SessionWarningDialog.Stay asChild>
              <Button variant="contained" />
            </SessionWarningDialog.Stay>
          </div>
        </SessionWarningDialog.Root>
      )}
    />
  ),
}
