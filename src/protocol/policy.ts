/** When a session warns and ends. All in whole milliseconds; `false` switches a limit off. */
export interface Policy {
  /** Idleness until the warning, in ms. Less than `expireAfter`. @default 480,000 (8 min) */
  warnAfter: number | false
  /** Idleness until the end, in ms. @default 600,000 (10 min) */
  expireAfter: number | false
  /** Age at which the session ends however busy its user is, in ms. @default false */
  absoluteTimeout: number | false
  /** How long before the absolute end the warning comes, in ms. @default 300,000 (5 min) */
  warnBeforeAbsolute: number
}

export const defaultPolicy: Policy = {
  warnAfter: 480_000,
  expireAfter: 600_000,
  absoluteTimeout: false,
  warnBeforeAbsolute: 300_000,
}
