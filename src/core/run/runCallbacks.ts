import type { SessionCallbacks } from '../callbacks.js'
import type { Facts } from '../decide/facts.js'
import type { SessionState } from '../session.js'
import type { Environment } from './environment.js'
import { catchErrors } from './listeners.js'
import { runEndElsewhere } from './runEndElsewhere.js'

/** Calls the app's callbacks. An error that one throws is reported and stops nothing. */
export interface CallbackRunner {
  /** Calls the callbacks for this change of the state. */
  changed(previous: SessionState, current: SessionState, facts: Facts): void
  /** Notes that this session lives in this tab. */
  lives(session: string | null): void
  /** Calls `onBeforeExpire`. */
  save(): void
  endedElsewhere(): Promise<void> | null
}

export function runCallbacks(
  name: string,
  callbacks: SessionCallbacks,
  environment: Environment,
): CallbackRunner {
  const { reportError } = environment
  const endElsewhere =
    callbacks.endElsewhere && runEndElsewhere(name, callbacks.endElsewhere, environment)
  let endedElsewhere: Promise<void> | null = null
  let saving: AbortController | null = null
  const guard = catchErrors(reportError)

  return {
    lives: (session) => endElsewhere?.started(session),
    changed: (previous, { status, reason, wasActive }, { session, ended }) => {
      if (status === previous.status) return
      if (status === 'warning') guard(() => callbacks.onWarning?.())
      if (status === 'active' && previous.status === 'warning')
        guard(() => callbacks.onExtended?.())
      if (status === 'expired' || status === 'disabled') saving?.abort()
      if (status !== 'expired' || !wasActive || !reason || !ended) return
      guard(() => callbacks.onExpired?.({ reason }))
      endedElsewhere = endElsewhere?.ended(session, ended) ?? null
    },
    save: () => {
      const controller = new AbortController()
      saving = controller
      const { signal } = controller
      guard(() => void callbacks.onBeforeExpire?.({ signal }).catch(reportError))
    },
    endedElsewhere: () => endedElsewhere,
  }
}
