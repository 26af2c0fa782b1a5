import type { Policy } from '../../protocol/policy.js'

/** How a user says "I am still here" while the warning shows: by any input, or by its button. */
export type ExtendOn = 'activity' | 'button'

/** Who judges while the server can't be reached: this browser, or the last confirmed deadline. */
export type WhenUnreachable = 'local' | 'close'

/** A sign-in, named by the app where there is no server to name it. */
export interface SignedIn {
  /**
   * Another one for each sign-in, also of the same person: a random text made when somebody signs in.
   * It is kept in `localStorage`: no password, and no token that opens anything.
   */
  id: string
  /** Opaque name of the person, the same at each sign-in. */
  subject: string
}

/** What the core needs to know, checked and complete. Durations in ms. */
export interface Config {
  /** The page's own policy; the server's answer wins over it. */
  readonly policy: Policy
  /** `browser` where there is nobody to ask. */
  readonly judge: 'server' | 'browser'
  readonly extendOn: ExtendOn
  readonly whenUnreachable: WhenUnreachable
  readonly hideWhileChecking: boolean
  /** Who is signed in, for back ends whose answers don't tell. */
  readonly subject: string | null
  /** The sign-in that this browser judges, where no server does; `null` where one does. */
  readonly signedIn: SignedIn | null
  readonly reportEvery: number
  readonly pingTimeout: number
  /** 0 to 1, another in each tab, so that many tabs don't retry in step. */
  readonly jitter: number
}
