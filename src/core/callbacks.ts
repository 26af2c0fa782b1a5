import type { Reason } from './session.js'

/** What the app is told, in every tab. What they throw is reported and stops nothing. */
export interface SessionCallbacks {
  /** The warning has come up. */
  onWarning?: () => void
  /** The warning is gone because somebody stays, here or in another tab. */
  onExtended?: () => void
  /** The session is over. Not called where this document never had a live one. */
  onExpired?: (event: { reason: Reason }) => void
  /**
   * Once a warning, 10 s before the end (half the window where that is shorter), while the session
   * still lives: save to the server. `signal` is aborted at the end, which waits for nothing.
   */
  onBeforeExpire?: (event: { signal: AbortSignal }) => Promise<void>
  /**
   * Ends the identity provider's session too: in one tab only, after the end and before any
   * redirect, which waits for it for 5 s at most; then `signal` is aborted.
   */
  endElsewhere?: (event: { reason: Reason; signal: AbortSignal }) => Promise<void>
}

export const callbackNames = [
  'onWarning',
  'onExtended',
  'onExpired',
  'onBeforeExpire',
  'endElsewhere',
] as const satisfies readonly (keyof SessionCallbacks)[]

/** The callbacks among options, without those that are `undefined`. */
export function pickCallbacks(
  options: { [Name in keyof SessionCallbacks]: unknown },
): SessionCallbacks {
  const given = callbackNames.filter((name) => options[name] !== undefined)
  return Object.fromEntries(given.map((name) => [name, options[name]]))
}
