import type { Policy } from './policy.js'

/** How a user says "I am still here" while the warning shows: by any input, or by its button. */
export type ExtendOn = 'activity' | 'button'

/** Who judges while the server can't be reached: this browser, or the last confirmed deadline. */
export type WhenUnreachable = 'local' | 'close'

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
  readonly reportEvery: number
  readonly pingTimeout: number
  /** 0 to 1, another in each tab, so that many tabs don't retry in step. */
  readonly jitter: number
}
