import type { Limits } from '../../src/protocol/mergeRule.js'
import type { WirePolicy } from '../../src/protocol/wire.js'

/** When a session ends and when its pages warn. At least one of the two limits has to be on. */
export interface Policy {
  /**
   * Milliseconds without activity until pages warn. Required with `expireAfter`, and less than it.
   * A smaller value warns earlier.
   */
  warnAfter?: number | false | null
  /**
   * Milliseconds without activity until the session ends. `null` or `false`: no idle limit.
   * @default null
   */
  expireAfter?: number | false | null
  /**
   * Milliseconds from sign-in until the session ends, whatever the user does. It must be set;
   * `null` or `false` says that there is none.
   */
  absoluteTimeout: number | false | null
  /**
   * Milliseconds before the absolute end at which pages warn.
   * @default 300000, or half of `absoluteTimeout` if that is less
   */
  warnBeforeAbsolute?: number
}

/** A policy in the forms that the store and the wire need. */
export interface CheckedPolicy {
  limits: Limits
  wire: WirePolicy
}

/** Converts a policy to the forms that the store and the wire need. */
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
