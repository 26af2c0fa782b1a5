'use client'
import { SessionEndBanner } from './SessionEndBanner.js'
import { useWarning } from './WarningContext.js'
import {
  WarningCountdown,
  WarningDescription,
  WarningProgress,
  WarningSignOut,
  WarningStay,
  WarningTitle,
  type WarningTitleProps,
} from './WarningParts.js'
import { WarningRoot, type WarningRootProps } from './WarningRoot.js'

export interface SessionWarningDialogProps extends Omit<WarningRootProps, 'children'> {
  /**
   * Leaves out the "Sign out" button.
   * @default false
   */
  hideSignOut?: boolean
  /** Level of the heading. @default 2 */
  headingLevel?: NonNullable<WarningTitleProps['level']>
}

/** The built-in warning. Its members are the parts to build your own from. */
function WarningDialog({
  hideSignOut = false,
  headingLevel = 2,
  ...root
}: SessionWarningDialogProps) {
  const { extendable, dismissed } = useWarning()
  if (dismissed) return <SessionEndBanner />
  return (
    <WarningRoot {...root}>
      <WarningTitle level={headingLevel} />
      <WarningCountdown />
      <WarningDescription />
      <WarningProgress />
      <div className="session-security-actions">
        <WarningStay />
        {!hideSignOut && extendable && <WarningSignOut />}
      </div>
    </WarningRoot>
  )
}

export const SessionWarningDialog = Object.assign(WarningDialog, {
  Root: WarningRoot,
  Title: WarningTitle,
  Description: WarningDescription,
  Countdown: WarningCountdown,
  Progress: WarningProgress,
  Stay: WarningStay,
  SignOut: WarningSignOut,
})
