import { recordActivity, wishToStay } from './activity.js'
import { send } from './asking.js'
import { currentDeadlines, judgesItself } from './selectors.js'
import type { State } from './state.js'
import { type Step, want } from './step.js'

/** The user wants to stay. Asks at once, and again until the server has confirmed it. */
export function extend(state: State, step: Step): State {
  const { now, config } = step
  const deadlines = currentDeadlines(state, config)
  if (state.facts.ended) {
    step.emit({ type: 'extension', result: 'ended' })
    return state
  }
  const helps = deadlines?.endsBy === 'idle' || (deadlines && now < deadlines.warnAt)
  if (state.doubt || !helps) return refuse(state, step)
  // A request under way already asks for this.
  if (state.asks.user) return state
  const counted = now < deadlines.warnAt ? recordActivity(state, now) : state
  return wishToStay(counted, now, now, step)
}

export function refuse(state: State, { emit }: Step): State {
  emit({ type: 'extension', result: 'failed' })
  return state
}

export function pursueExtension(state: State, step: Step): State {
  const { extending, asks } = state
  const { now, config } = step
  if (!extending) return state
  // Wake up then: the extension shows as pending.
  step.due(extending.showAt)
  if (state.doubt) return state
  if (judgesItself(state, config) && (extending.failed || step.due(extending.sendAt))) {
    const extended = recordActivity({ ...state, extending: null }, extending.at)
    step.emit({ type: 'extension', result: 'extended' })
    return config.judge === 'browser' ? extended : want(extended, now)
  }
  if (asks.user || !step.due(extending.sendAt)) return state
  return send(state, 'user', extending.at, false, step)
}
