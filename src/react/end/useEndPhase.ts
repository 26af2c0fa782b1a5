'use client'
import { useEffect, useState } from 'react'
import { rethrowLater } from '../../browser/document/rethrowLater.js'
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

/** If the page is still there this long (ms) after a redirect or reload began, show the expired screen. */
const longestLeaveMs = 10_000

/**
 * Carries out the end in this order: unmount (or hide) the children, empty (or pause) the data
 * holders, and only then lift the cover from what replaces the children. The order matters: a query
 * that is still mounted would fill its cache again.
 */
export function useEndPhase({ action, lockFor, holders, onDiscard }: EndPhaseOptions): EndPhase {
  const session = useSession()
  const state = useSessionSecurity()
  const over = state.status === 'expired'

  const [previous, setEndPhase] = useState(shown)
  const endPhase = nextPhase(previous, state, action === 'lock')
  if (endPhase !== previous) setEndPhase(endPhase)
  useReturnPlace(action === 'lock', endPhase.phase)

  // Not a layout effect: the children's own clean-up runs before it.
  useEffect(() => {
    if (endPhase.phase !== 'gone') return
    const { reason, wasActive } = endPhase
    holders.empty()
    if (wasActive) reportErrors(() => onDiscard?.({ reason }))
    setEndPhase({ ...endPhase, phase: 'emptied' })
  }, [endPhase, holders, onDiscard])

  useBrowserLayoutEffect(() => {
    if (endPhase.phase === 'shown' || endPhase.phase === 'gone') return
    if (!over) {
      // Before anything of the new session renders, or its first data would be thrown away.
      holders.release()
      setEndPhase(shown)
      return
    }
    if (endPhase.phase === 'locked') {
      holders.pause()
      session.discarded()
      return whenPassed(lockFor, () => setEndPhase(discard))
    }
    return afterEndElsewhere(session, () => leaveInTime(session, action))
  }, [endPhase.phase, over])

  useBrowserLayoutEffect(() => () => holders.release(), [holders])
  // The cover sets a neutral title and restores the app's, so set ours after the cover is lifted.
  useNeutralTitle(endPhase.phase === 'locked' || endPhase.phase === 'emptied')

  return endPhase
}

/**
 * Lifts the cover if the page stays, and otherwise leaves it. If leaving fails, the expired screen
 * shows after a while; if the server is down, it shows while the page waits.
 */
function leaveInTime(session: Session, action: ExpiredAction): (() => void) | undefined {
  const stays = action === 'screen' || action === 'lock'
  if (stays || isDown(session.getState())) session.discarded()
  if (stays) return undefined
  const stayed = setTimeout(session.discarded, longestLeaveMs)
  const leave = () => {
    if (!leavePage(action, session)) session.discarded()
  }
  // Once the page is gone, nobody retries the sign-out.
  const isPending = (state: SessionState) => isDown(state) || !state.signOutConfirmed
  const stopWaiting = whenReachable(session, leave, isPending)
  return () => {
    clearTimeout(stayed)
    stopWaiting()
  }
}

/** Waits for `endElsewhere`: while the identity provider's session lives, a redirect would sign in again. */
function afterEndElsewhere(session: Session, leave: () => (() => void) | undefined) {
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

/** Runs a callback of the app. An error in it is reported and stops nothing. */
function reportErrors(callback: () => void): void {
  try {
    callback()
  } catch (error) {
    rethrowLater(error)
  }
}
