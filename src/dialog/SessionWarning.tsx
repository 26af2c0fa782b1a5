'use client'
import type { ReactNode } from 'react'
import type { WarningRenderProps } from '../react/renderProps.js'
import { useSessionSecurity } from '../react/useSessionSecurity.js'
import type { Cadence } from './cadence.js'
import { OutcomeRegion } from './OutcomeRegion.js'
import { SessionWarningDialog } from './SessionWarningDialog.js'
import { UnreachableNotice } from './UnreachableNotice.js'
import { useTitleCountdown } from './useTitleCountdown.js'
import { useWarningModel } from './useWarningModel.js'
import { WarningContext } from './WarningContext.js'

interface SessionWarningProps {
  cadence: Cadence
  render: ((warning: WarningRenderProps) => ReactNode) | undefined
}

/** Stands beside the app at all times, so that it can still say how a warning ended. */
export function SessionWarning(props: SessionWarningProps) {
  const shown = useSessionSecurity((session) => session.status === 'warning' && !session.covered)
  return (
    <>
      {shown && <OpenWarning {...props} />}
      <OutcomeRegion />
      <UnreachableNotice />
    </>
  )
}

function OpenWarning({ cadence, render }: SessionWarningProps) {
  const warning = useWarningModel(cadence)
  useTitleCountdown(warning.secondsLeft)
  return (
    <WarningContext.Provider value={warning}>
      {render ? render(warning) : <SessionWarningDialog />}
    </WarningContext.Provider>
  )
}
