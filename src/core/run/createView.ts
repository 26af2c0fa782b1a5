import type { State } from '../decide/state.js'
import { disabledView, nextSecondAt, secondsLeftOf, viewOf } from '../decide/view.js'
import type { Config } from '../options/config.js'
import type { SessionState } from '../session.js'
import { addTo } from './listeners.js'

/** What the app sees of a session, and its listeners. */
export interface View {
  /** What was shown last. */
  current(): SessionState
  /** What this state would show. */
  of(state: State, now: number): SessionState
  show(next: SessionState): void
  notifyListeners(): void
  /** Calls the countdown listeners if the whole seconds have changed. */
  notifyCountdown(state: State, now: number): void
  /** When the countdown changes next; `null` if nobody listens to it. */
  nextSecondAt(state: State, now: number): number | null
  subscribe(listener: () => void): () => void
  subscribeCountdown(listener: () => void): () => void
}

export function createView(config: Config, guard: (callback: () => void) => void): View {
  let current: SessionState = disabledView
  let lastSeconds = 0
  const listeners = new Set<() => void>()
  const countdownListeners = new Set<() => void>()

  function callAll(all: Set<() => void>): void {
    for (const listener of [...all]) guard(listener)
  }

  return {
    current: () => current,
    of: (state, now) => viewOf(state, now, config, current),
    show: (next) => {
      current = next
    },
    notifyListeners: () => callAll(listeners),
    notifyCountdown: (state, now) => {
      const seconds = secondsLeftOf(state, now, config)
      if (seconds === lastSeconds) return
      lastSeconds = seconds
      if (current.status === 'warning') callAll(countdownListeners)
    },
    nextSecondAt: (state, now) =>
      current.status === 'warning' && countdownListeners.size > 0
        ? nextSecondAt(state, now, config)
        : null,
    subscribe: (listener) => addTo(listeners, listener),
    subscribeCountdown: (listener) => addTo(countdownListeners, listener),
  }
}
