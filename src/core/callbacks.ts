import type { Reason } from './session.js'

/** The app's callbacks, called in every tab. An error in one is reported and stops nothing. */
export interface SessionCallbacks {
  /** The warning has opened. */
  onWarning?: () => void
  /** The warning has closed because the user stays, here or in another tab. */
  onExtended?: () => void
  /** The session is over. Not called if this document never had a live session. */
  onExpired?: (event: { reason: Reason }) => void
  /**
   * Time to save to the server, while the session still lives. Called once per warning, 10 s before
   * the end, or at half of the warning if that is shorter than 20 s. `signal` is aborted at the
   * end; the end does not wait for the promise.
   */
  onBeforeExpire?: (event: { signal: AbortSignal }) => Promise<void>
  /**
   * Ends the identity provider's session, too. Called in one tab only, after the end and before any
   * redirect. A redirect waits at most 5 s for the promise; then `signal` is aborted.
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

/** Picks the callbacks out of the options and leaves out those that are `undefined`. */
export function pickCallbacks(
  options: { [Name in keyof SessionCallbacks]: unknown },
): SessionCallbacks {
  const given = callbackNames.filter((name) => options[name] !== undefined)
  return Object.fromEntries(given.map((name) => [name, options[name]]))
}
