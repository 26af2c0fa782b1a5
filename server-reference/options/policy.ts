import type { Limits } from '../../src/protocol/mergeRule.js'
import type { WirePolicy } from '../../src/protocol/wire.js'
import { quote } from './describeValue.js'

/** When a session ends and when its pages warn. At least one of the two limits has to be on. */
export interface Policy {
  /**
   * Milliseconds without activity until pages warn. Required with `expireAfter`, and below it.
   * A shorter time warns earlier.
   */
  warnAfter?: number | false | null
  /**
   * Milliseconds without activity until the session ends. `null` or `false`: no idle limit.
   * @default null
   */
  expireAfter?: number | false | null
  /**
   * Milliseconds from sign-in until the session ends, whatever anybody does. It has to be set;
   * `null` or `false` says that there is none on purpose.
   */
  absoluteTimeout: number | false | null
  /**
   * Milliseconds before the absolute end at which pages warn.
   * @default 300000, or half of `absoluteTimeout` where that is less
   */
  warnBeforeAbsolute?: number
}

/** A policy in the shapes that the store and the wire want. */
export interface CheckedPolicy {
  limits: Limits
  wire: WirePolicy
}

export const policyOptions = ['warnAfter', 'expireAfter', 'absoluteTimeout', 'warnBeforeAbsolute']

const isDuration = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) > 0
const isOff = (value: unknown) => value === undefined || value === null || value === false

/** Every mistake in a policy, in words; none means that `toChecked` may be called. */
export function policyMistakes(policy: unknown, allowShortWarning: boolean): string[] {
  if (typeof policy !== 'object' || policy === null)
    return [`policy has to be an object or a function, not ${quote(policy)}`]
  const { warnAfter, expireAfter, absoluteTimeout, warnBeforeAbsolute } = policy as Policy
  const mistakes: string[] = []
  const duration = (name: string, value: unknown) => {
    if (!isOff(value) && !isDuration(value))
      mistakes.push(`policy.${name} has to be whole milliseconds above 0, not ${quote(value)}`)
  }
  duration('warnAfter', warnAfter)
  duration('expireAfter', expireAfter)
  duration('absoluteTimeout', absoluteTimeout)
  duration('warnBeforeAbsolute', warnBeforeAbsolute)
  if (absoluteTimeout === undefined)
    mistakes.push('policy.absoluteTimeout has to be set; null means no absolute limit on purpose')
  else if (isOff(absoluteTimeout) && isOff(expireAfter))
    mistakes.push('policy has neither expireAfter nor absoluteTimeout: such a session never ends')
  if (isOff(expireAfter) && !isOff(warnAfter))
    mistakes.push(`policy.warnAfter (${quote(warnAfter)}) needs an expireAfter`)
  if (isDuration(expireAfter) && isOff(warnAfter))
    mistakes.push(`policy.expireAfter (${quote(expireAfter)}) needs a warnAfter`)
  if (isDuration(expireAfter) && isDuration(warnAfter) && warnAfter >= expireAfter)
    mistakes.push(
      `policy.warnAfter (${warnAfter}) has to be below policy.expireAfter (${expireAfter})`,
    )
  if (isDuration(warnBeforeAbsolute) && isOff(absoluteTimeout))
    mistakes.push(`policy.warnBeforeAbsolute (${warnBeforeAbsolute}) needs an absoluteTimeout`)
  if (
    isDuration(warnBeforeAbsolute) &&
    isDuration(absoluteTimeout) &&
    warnBeforeAbsolute >= absoluteTimeout
  )
    mistakes.push(
      `policy.warnBeforeAbsolute (${warnBeforeAbsolute}) has to be below policy.absoluteTimeout (${absoluteTimeout})`,
    )
  return mistakes.length > 0 || allowShortWarning ? mistakes : shortWarnings(policy as Policy)
}

/** WCAG 2.2, success criterion 2.2.1: people get at least 20 seconds to extend. */
const shortestWarning = 20_000

/** A sound policy that warns too late. Most often its times were meant to be seconds. */
function shortWarnings(policy: Policy): string[] {
  const { limits, wire } = toChecked(policy)
  const { warnAfterMs, expireAfterMs, warnBeforeAbsoluteMs } = wire
  const rule =
    'people need 20 s or more (WCAG 2.2.1). Times are in milliseconds; `allowShortWarning: true` is for tests'
  const mistakes: string[] = []
  if (
    warnAfterMs !== null &&
    expireAfterMs !== null &&
    expireAfterMs - warnAfterMs < shortestWarning
  )
    mistakes.push(
      `policy.warnAfter (${warnAfterMs}) is ${expireAfterMs - warnAfterMs} ms before policy.expireAfter (${expireAfterMs}): ${rule}`,
    )
  if (warnBeforeAbsoluteMs !== null && warnBeforeAbsoluteMs < shortestWarning)
    mistakes.push(
      `policy.absoluteTimeout (${limits.absolute}) is warned of ${warnBeforeAbsoluteMs} ms ahead: ${rule}`,
    )
  return mistakes
}

export function toChecked(policy: Policy): CheckedPolicy {
  const expireAfter = policy.expireAfter || null
  const absolute = policy.absoluteTimeout || null
  return {
    limits: { expireAfter, absolute },
    wire: {
      warnAfterMs: expireAfter && (policy.warnAfter || null),
      expireAfterMs: expireAfter,
      warnBeforeAbsoluteMs:
        absolute && (policy.warnBeforeAbsolute ?? Math.min(300_000, Math.floor(absolute / 2) || 1)),
    },
  }
}
