import type { Config } from '../options/config.js'
import { maxThrottleMs, reportDueAt, shareDueAt } from './activity.js'
import { deadlinesOf } from './deadlines.js'
import { currentDeadlines, saveAt } from './selectors.js'
import type { State } from './state.js'

/**
 * The next moment at which time alone may change something, in ms on this tab's clock; `null`
 * where nothing is due. The timer for it decides nothing: it only makes the core look.
 */
export function nextWake(
  state: State,
  now: number,
  config: Config,
  countsDown: boolean,
): number | null {
  if (!state.running) return null
  const moments = state.facts.ended
    ? momentsAfterEnd(state)
    : momentsUntilEnd(state, now, config, countsDown)
  let next = Infinity
  for (const moment of moments) {
    if (moment !== null && moment > now && moment < next) next = moment
  }
  return next === Infinity ? null : next
}

type Moments = readonly (number | null)[]

function momentsAfterEnd({ signingOut, asks, wanted, waiting, retryAt }: State): Moments {
  return [
    signingOut?.timeoutAt ?? null,
    signingOut?.retryAt ?? null,
    asks.background?.timeoutAt ?? null,
    ...(wanted === null ? [] : [waiting?.until ?? null, retryAt]),
  ]
}

function momentsUntilEnd(state: State, now: number, config: Config, countsDown: boolean): Moments {
  const { asks, wanted, waiting, retryAt, extending, heldUntil, remembered, ownActivity } = state
  const deadlines = currentDeadlines(state, config)
  const rememberedEnd = remembered ? deadlinesOf(remembered, config.policy)?.expiresAt : null
  return [
    asks.background?.timeoutAt ?? null,
    asks.user?.timeoutAt ?? null,
    ...(wanted === null ? [] : [waiting?.until ?? null, retryAt]),
    ...(deadlines
      ? [
          deadlines.askBeforeWarning,
          deadlines.warnAt,
          deadlines.askBeforeEnd,
          deadlines.expiresAt,
          state.saved ? null : saveAt(deadlines),
          countsDown && now >= deadlines.warnAt ? nextSecond(deadlines.expiresAt, now) : null,
        ]
      : []),
    extending?.sendAt ?? null,
    extending?.showAt ?? null,
    heldUntil,
    reportDueAt(state, { config }),
    // Input that came while its source rested is picked up, and told, then.
    ownActivity !== null && ownActivity > Math.min(state.sharedUpTo, state.sharedAt - maxThrottleMs)
      ? shareDueAt(state, { config })
      : null,
    state.doubt?.kind === 'start' ? (rememberedEnd ?? null) : null,
  ]
}

function nextSecond(expiresAt: number, now: number): number {
  return expiresAt - (Math.ceil((expiresAt - now) / 1_000) - 1) * 1_000
}
