import type { Limits } from '../../src/protocol/mergeRule.js'
import type { WirePolicy } from '../../src/protocol/wire.js'

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

/** The policy in the shapes that the store and the wire want. */
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
