/** When a session warns and ends, in whole milliseconds. `false` turns a limit off. */
export interface Policy {
  /** Idle time until the warning, in ms. Less than `expireAfter`. @default 480_000 (8 min) */
  warnAfter: number | false
  /** Idle time until the end, in ms. @default 600_000 (10 min) */
  expireAfter: number | false
  /** Age at which the session ends even if the user is active, in ms. @default false */
  absoluteTimeout: number | false
  /** How long before the absolute end the warning opens, in ms. @default 300_000 (5 min) */
  warnBeforeAbsolute: number
}

export const defaultPolicy: Policy = {
  warnAfter: 480_000,
  expireAfter: 600_000,
  absoluteTimeout: false,
  warnBeforeAbsolute: 300_000,
}
