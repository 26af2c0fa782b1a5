import type { Policy } from '../../protocol/policy.js'

/** What extends the session while the warning shows: any input, or only the button. */
export type ExtendOn = 'activity' | 'button'

/**
 * What decides while the server can't be reached: this browser, by the activity it sees (`local`),
 * or the last deadline that the server confirmed (`close`).
 */
export type WhenUnreachable = 'local' | 'close'

/** One sign-in. The app gives it, because no server does. */
export interface SignedIn {
  /**
   * A random string, a new one at each sign-in, even if the same person signs in again. It is kept
   * in `localStorage`, so never use a password or an access token.
   */
  id: string
  /** Opaque name of the person, the same at every sign-in. */
  subject: string
}

/** The checked options with all defaults. Durations in ms. */
export interface Config {
  /** The page's own policy. A policy in the server's answer overrides it. */
  readonly policy: Policy
  /** Who decides whether the session is over; `browser` if there is no server to ask. */
  readonly judge: 'server' | 'browser'
  readonly extendOn: ExtendOn
  readonly whenUnreachable: WhenUnreachable
  readonly hideWhileChecking: boolean
  /** Who is signed in, for back ends whose answers don't say. */
  readonly subject: string | null
  /** The sign-in, if this browser is the judge; `null` if a server is. */
  readonly signedIn: SignedIn | null
  readonly reportEvery: number
  readonly pingTimeout: number
  /** 0 to 1, different in each tab, so that tabs don't all retry at the same moment. */
  readonly jitter: number
}
