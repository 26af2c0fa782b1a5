import type { Transport } from '../../protocol/transport.js'
import type { ActiveVerdict } from '../../protocol/verdict.js'
import type { SessionCallbacks } from '../callbacks.js'
import { throttleMs } from '../decide/activity.js'
import { isSetBackAgain } from '../decide/clockTrust.js'
import { factsOf } from '../decide/facts.js'
import { isOfAnother } from '../decide/onHint.js'
import { type Effect, type Event, initialState, type State } from '../decide/state.js'
import { transition } from '../decide/transition.js'
import { secondsLeftOf } from '../decide/view.js'
import type { Config } from '../options/config.js'
import type { ExtendResult, Session } from '../session.js'
import { claimName } from './claimName.js'
import { type Connections, connect } from './connect.js'
import { createHolds } from './createHolds.js'
import { createView } from './createView.js'
import type { Environment } from './environment.js'
import { catchErrors, resolveAll } from './listeners.js'
import { runCallbacks } from './runCallbacks.js'
import { forget, recallFacts, rewriteStored, shareFacts } from './shareFacts.js'

/** The characters that a header may contain. */
const headerValue = /^[\x21-\x7e]+$/

export interface SessionParts {
  config: Config
  name: string
  transport: Transport | null
  initial: ActiveVerdict | null
  callbacks: SessionCallbacks
}

/**
 * The runtime holds the state, queues events, lets `transition` decide, and carries out the
 * effects. It arms at most one wake-up and decides nothing itself.
 */
export function createRuntime(parts: SessionParts, environment: Environment): Session {
  const { config, name, transport, callbacks } = parts
  const { clock } = environment
  const guard = catchErrors(environment.reportError)
  const view = createView(config, guard)

  let state: State = initialState
  let wakeAt: number | null = null
  let connections: Connections | null = null
  let users = 0
  let stepping = false
  let setBackAt = -Infinity
  const queue: Event[] = []
  const extensions = new Set<(result: ExtendResult) => void>()
  const checks = new Set<() => void>()
  const signOuts = new Set<() => void>()
  const appCallbacks = runCallbacks(name, callbacks, environment)
  const holds = createHolds(clock, dispatch)

  function dispatch(event: Event): void {
    queue.push(event)
    if (stepping) return
    stepping = true
    try {
      for (let next = queue.shift(); next; next = queue.shift()) step(next)
    } finally {
      stepping = false
    }
    publish()
  }

  function step(event: Event): void {
    clock.now()
    if (isSetBackAgain(setBackAt, clock.changes())) {
      setBackAt = clock.changes().setBackAt
      if (connections) rewriteStored(state, clock, connections.storage, config)
      decide({ type: 'setBack' })
    }
    // Input that the source has held back is older than this event, so it goes first.
    const at = event.type === 'input' ? null : (connections?.input.take() ?? null)
    if (at !== null) decide({ type: 'input', at })
    decide(event)
  }

  function decide(event: Event): void {
    const now = clock.now()
    const decided = transition(state, event, now, config)
    state = decided.state
    wakeAt = decided.wakeAt
    // Cover before effects and callbacks run, so that they don't delay it.
    const { covered, status } = view.of(state, now)
    if (connections) environment.cover(covered, status === 'expired')
    // An effect that fails must not stop the others, or the next wake-up.
    for (const effect of decided.effects) guard(() => perform(effect))
  }

  function perform(effect: Effect): void {
    switch (effect.type) {
      case 'ask':
        return connections?.requests?.ask(effect)
      case 'abort':
        return connections?.requests?.abort(effect.lane)
      case 'lastReport':
        return connections?.requests?.lastReport(effect.session, effect.upTo)
      case 'end':
        return connections?.requests?.end(effect.session)
      case 'share':
        return connections ? shareFacts(state.facts, clock, connections, config) : undefined
      case 'extension':
        return resolveAll(extensions, effect.result)
      case 'save':
        return appCallbacks.save()
      case 'reload':
        if (connections) forget(connections.storage, config)
        return environment.reload()
    }
  }

  function publish(): void {
    const now = clock.now()
    const previous = view.current()
    const current = view.of(state, now)
    view.show(current)
    arm(now)
    const { status } = current
    if (status === 'active' || status === 'warning') appCallbacks.lives(state.facts.session)
    if (current !== previous) {
      view.notifyListeners()
      appCallbacks.changed(previous, current, state.facts)
    }
    view.notifyCountdown(state, clock.now())
    if (isChecked()) resolveAll(checks, undefined)
    if (!state.signingOut || state.signingOut.failures > 0) resolveAll(signOuts, undefined)
  }

  function arm(now: number): void {
    const moment = Math.min(wakeAt ?? Infinity, view.nextSecondAt(state, now) ?? Infinity)
    connections?.wakeUp.arm(moment === Infinity ? null : moment, now)
  }

  function isChecked(): boolean {
    return state.wanted === null || state.failures > 0
  }

  function begin(): void {
    claimName(name, environment, release)
    const throttle = () => throttleMs(state, view.current().status === 'warning', config)
    connections = connect(name, transport, environment, dispatch, throttle)
    const remembered = recallFacts(clock, connections, config)
    const initial = parts.initial && factsOf(parts.initial, clock.pageStart(), config)
    dispatch({ type: 'started', remembered, initial })
    holds.renew()
  }

  function release(): boolean {
    if (users > 0) return false
    if (!connections) return true
    dispatch({ type: 'stopped' })
    resolveAll(extensions, 'failed')
    connections.close()
    connections = null
    environment.running.delete(name)
    environment.cover(false, false)
    return true
  }

  function getSecondsLeft(): number {
    return secondsLeftOf(state, clock.now(), config)
  }

  return {
    getState: view.current,
    subscribe: view.subscribe,
    getSecondsLeft,
    subscribeCountdown: (listener) => {
      const remove = view.subscribeCountdown(listener)
      arm(clock.now())
      return remove
    },
    subject: () => state.facts.subject,
    headers: () => {
      const { session, subject } = state.facts
      // Without session handles `subject` is the page's own option, which the server can't compare.
      const isNamed = config.judge === 'server' && session && subject && headerValue.test(subject)
      return isNamed ? { 'Session-Subject': subject } : {}
    },
    idleFor: () => {
      const { lastActivity } = state.facts
      return lastActivity === null ? Infinity : Math.max(0, clock.now() - lastActivity)
    },
    extend: () =>
      new Promise((resolve) => {
        extensions.add(resolve)
        dispatch({ type: 'extend' })
      }),
    recordActivity: () => dispatch({ type: 'input', at: clock.now() }),
    check: () =>
      new Promise((resolve) => {
        checks.add(() => resolve())
        dispatch({ type: 'check' })
      }),
    hint: ({ session, subject = null, at = null, remaining, idle, age }) => {
      const isOther = isOfAnother(state.facts, { session, subject }, config)
      const sentAt = clock.now() - Math.max(0, age)
      dispatch({ type: 'hint', session, subject, at, remaining, idle, sentAt })
      return !isOther
    },
    otherPerson: () => dispatch({ type: 'otherPerson' }),
    signOut: () =>
      new Promise((resolve) => {
        signOuts.add(() => resolve())
        dispatch({ type: 'signOut' })
      }),
    hold: holds.hold,
    start: () => {
      if (!connections) begin()
      users += 1
      let stopped = false
      return () => {
        if (stopped) return
        stopped = true
        users -= 1
        // React's Strict Mode stops and starts at once. Release only if nobody has started again.
        void Promise.resolve().then(release)
      }
    },
    endedElsewhere: appCallbacks.endedElsewhere,
    discarded: () => dispatch({ type: 'discarded' }),
  }
}
