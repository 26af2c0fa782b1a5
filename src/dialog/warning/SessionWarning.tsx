'use client'
import { type ReactNode, useState } from 'react'
import { Activity } from '../../react/lock/Activity.js'
import type { WarningRenderProps } from '../../react/session/renderProps.js'
import { useSessionSecurity } from '../../react/session/useSessionSecurity.js'
import type { Cadence } from './cadence.js'
import { OutcomeRegion } from './OutcomeRegion.js'
import { SessionWarningDialog } from './SessionWarningDialog.js'
import { UnreachableNotice } from './UnreachableNotice.js'
import { useTitleCountdown } from './useTitleCountdown.js'
import { useWarningModel } from './useWarningModel.js'
import { TickingContext, WarningContext } from './WarningContext.js'

interface SessionWarningProps {
  cadence: Cadence
  render: ((warning: WarningRenderProps) => ReactNode) | undefined
}

/** Mounted beside the app at all times, so that it can announce how a warning ended. */
export function SessionWarning({ cadence, render }: SessionWarningProps) {
  const shown = useSessionSecurity((session) => session.status === 'warning' && !session.covered)
  return (
    <>
      {render ? (
        // `renderWarning` is only called while there is a warning.
        shown && <Warning shown cadence={cadence} render={render} />
      ) : (
        <Prerendered shown={shown}>
          <Warning shown={shown} cadence={cadence} render={render} />
        </Prerendered>
      )}
      <OutcomeRegion />
      <UnreachableNotice />
    </>
  )
}

/**
 * Prerenders the warning if React can (19.2 and later). The dialog then appears at once, and many tabs
 * that warn at the same moment do not wait for each other's rendering.
 */
function Prerendered({ shown, children }: { shown: boolean; children: ReactNode }) {
  const active = useSessionSecurity((session) => session.status === 'active')
  const [rounds, setRounds] = useState({ active, begun: active ? 1 : 0 })
  if (rounds.active !== active) setRounds({ active, begun: rounds.begun + (active ? 1 : 0) })
  if (!Activity) return shown ? children : null
  if (!shown && rounds.begun === 0) return null
  return (
    // Each warning starts with new state: whether it was dismissed, and what was announced.
    <Activity key={rounds.begun} mode={shown ? 'visible' : 'hidden'}>
      {children}
    </Activity>
  )
}

function Warning({ shown, cadence, render }: SessionWarningProps & { shown: boolean }) {
  const [warning, ticking] = useWarningModel(cadence, shown)
  useTitleCountdown(ticking.secondsLeft)
  return (
    <WarningContext.Provider value={warning}>
      <TickingContext.Provider value={ticking}>
        {render ? render({ ...warning, ...ticking }) : builtIn}
      </TickingContext.Provider>
    </WarningContext.Provider>
  )
}

/** Always the same element, so that it only renders when its contexts change. */
const builtIn = <SessionWarningDialog />
