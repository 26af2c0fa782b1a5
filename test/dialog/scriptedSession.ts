import { vi } from 'vitest'
import type { Session, SessionState } from '../../src/core/session.js'

const active: SessionState = {
  status: 'active',
  covered: false,
  reason: null,
  endsBy: 'idle',
  extendable: true,
  extension: 'idle',
  unreachable: false,
  wasActive: true,
  signOutConfirmed: true,
}

/** A session that is in whatever state a test puts it, to look at one state of the dialog. */
export function scriptedSession(start: Partial<SessionState> = {}) {
  let state = { ...active, ...start }
  let secondsLeft = 120
  const listeners = new Set<() => void>()
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const notify = () => {
    for (const listener of listeners) listener()
  }
  const extend = vi.fn<Session['extend']>(async () => 'extended')
  const signOut = vi.fn<Session['signOut']>(async () => {})
  const session: Session = {
    getState: () => state,
    subscribe,
    getSecondsLeft: () => secondsLeft,
    subscribeCountdown: subscribe,
    idleFor: () => 0,
    extend,
    recordActivity() {},
    check: async () => {},
    signOut,
    hold: () => () => {},
    start: () => () => {},
    discarded() {},
  }
  return {
    session,
    extend,
    signOut,
    become(change: Partial<SessionState>) {
      state = { ...state, ...change }
      notify()
    },
    countTo(seconds: number) {
      secondsLeft = seconds
      notify()
    },
  }
}
