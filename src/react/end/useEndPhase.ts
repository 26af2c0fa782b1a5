'use client'
import { useEffect, useState } from 'react'
import { whenPassed } from '../../browser/ports/whenPassed.js'
import type { Reason, Session, SessionState } from '../../core/session.js'
import { useReturnPlace } from '../lock/useReturnPlace.js'
import { useSession } from '../session/SessionContext.js'
import { useBrowserLayoutEffect } from '../session/useBrowserLayoutEffect.js'
import { useSessionSecurity } from '../session/useSessionSecurity.js'
import type { DataHolders } from './dataHolders.js'
import { discard, type EndPhase, nextPhase, shown } from './endPhase.js'
import type { ExpiredAction } from './expiredAction.js'
import { leavePage } from './leavePage.js'
import { useNeutralTitle } from './useNeutralTitle.js'
import { isDown, whenReachable } from './whenReachable.js'

export interface EndPhaseOptions {
  action: ExpiredAction
  lockFor: number
  holders: DataHolders
  onDiscard: ((event: { reason: Reason }) => void) | undefined
}

/** A page that is still there this long after it should have been left shows the end. */
const longestLeaveMs = 10_000

/**
 * Carries out the end, in this order: the children are unmounted (or hidden), what holds their data
 * is emptied (or paused), and only after that the cover is lifted from what stands in their place.
 * (A query that is still mounted would fill its cache again within a second.)
 */
export function useEndPhase({ action, lockFor, holders, onDiscard }: EndPhaseOptions): EndPhase {
  const session = useSession()
  const state = useSessionSecurity()
  const over = state.status === 'expired'

  const [previous, setEndPhase] = useState(shown)
  const endPhase = nextPhase(previous, state, action === 'lock')
  if (endPhase !== previous) setEndPhase(endPhase)
  useReturnPlace(action === 'lock', endPhase.phase)

  // Not a layout effect: what the children do when they go away comes before.
  useEffect(() => {
    if (endPhase.phase !== 'gone') return
    const { reason, wasActive } = endPhase
    holders.empty()
    if (wasActive) tell(() => onDiscard?.({ reason }))
    setEndPhase({ ...endPhase, phase: 'emptied' })
  }, [endPhase, holders, onDiscard])

  useBrowserLayoutEffect(() => {
    if (endPhase.phase === 'shown' || endPhase.phase === 'gone') return
    if (!over) {
      // Before anything of the new session renders: what it fetches is not to be thrown away.
      holders.release()
      setEndPhase(shown)
      return
    }
    if (endPhase.phase === 'locked') {
      holders.pause()
      session.discarded()
      return whenPassed(lockFor, () => setEndPhase(discard))
    }
    return afterOtherEnd(session, () => leaveInTime(session, action))
  }, [endPhase.phase, over])

  useBrowserLayoutEffect(() => () => holders.release(), [holders])
  // After the cover is lifted: it has a neutral title of its own, and puts back the app's.
  useNeutralTitle(endPhase.phase === 'locked' || endPhase.phase === 'emptied')

  return endPhase
}

/**
 * Shows the end where the page stays, at once or, where leaving it came to nothing, after a while. A
 * page that has to wait for the server shows it meanwhile.
 */
function leaveInTime(session: Session, action: ExpiredAction): (() => void) | undefined {
  const stays = action === 'screen' || action === 'lock'
  if (stays || isDown(session.getState())) session.discarded()
  if (stays) return undefined
  const stayed = setTimeout(session.discarded, longestLeaveMs)
  const leave = () => {
    if (!leavePage(action, session)) session.discarded()
  }
  // Where the page goes, nobody tries the sign-out again.
  const isPending = (state: SessionState) => isDown(state) || !state.signOutConfirmed
  const stopWaiting = whenReachable(session, leave, isPending)
  return () => {
    clearTimeout(stayed)
    stopWaiting()
  }
}

/** No redirect before the identity provider's session has ended: it would sign in again. */
function afterOtherEnd(session: Session, leave: () => (() => void) | undefined) {
  const ending = session.endedElsewhere()
  if (!ending) return leave()
  let stop: (() => void) | undefined
  let gone = false
  void ending.then(() => {
    if (!gone) stop = leave()
  })
  return () => {
    gone = true
    stop?.()
  }
}

/** What the app's callback throws is reported, and stops nothing. */
function tell(callback: () => void): void {
  try {
    callback()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
