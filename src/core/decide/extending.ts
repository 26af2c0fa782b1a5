import { recordActivity, wishToStay } from './activity.js'
import { send } from './asking.js'
import type { State } from './state.js'
import { currentDeadlines, judgesItself, type Turn, want } from './turn.js'

/** Somebody wants to stay: asked at once, and again until the server has said yes. */
export function extend(state: State, turn: Turn): State {
  const { now, config } = turn
  const deadlines = currentDeadlines(state, config)
  if (state.facts.ended) {
    turn.emit({ type: 'extension', result: 'ended' })
    return state
  }
  const helps = deadlines?.endsBy === 'idle' || (deadlines && now < deadlines.warnAt)
  if (state.doubt || !helps) return refuse(state, turn)
  // A request under way already asks for this.
  if (state.asks.personal) return state
  const counted = now < deadlines.warnAt ? recordActivity(state, now) : state
  return wishToStay(counted, now, now, turn)
}

export function refuse(state: State, { emit }: Turn): State {
  emit({ type: 'extension', result: 'failed' })
  return state
}

export function pursueExtension(state: State, turn: Turn): State {
  const { extending, asks } = state
  const { now, config } = turn
  if (!extending || state.doubt) return state
  if (judgesItself(state, config) && (extending.failed || now >= extending.sendAt)) {
    const extended = recordActivity({ ...state, extending: null }, extending.at)
    turn.emit({ type: 'extension', result: 'extended' })
    return config.judge === 'browser' ? extended : want(extended, now)
  }
  if (asks.personal || now < extending.sendAt) return state
  return send(state, 'personal', extending.at, false, turn)
}
