import type { Awaitable } from './async/awaitable.js'
import type { HttpOptions } from './http/httpOptions.js'
import type { Policy } from './options/policy.js'
import type { HookOptions, SessionInfo } from './session/hooks.js'
import type { SessionStore } from './stores/store.js'

export interface Options extends HttpOptions, HookOptions {
  /** Where sessions are kept: `memoryStore()`, `redisStore(client)`, `postgresStore(pool)`. */
  store: SessionStore
  /**
   * What handles are made with: at least 32 bytes, the same in every process. A list rotates: the
   * first one makes new handles, the others keep theirs for the sessions that have them.
   * @default random, and only with a store that no other process shares
   */
  secret?: string | Uint8Array | readonly (string | Uint8Array)[]
  /** When sessions end, for all (`presets` holds some) or worked out for each on every answer. */
  policy: Policy | ((session: SessionInfo) => Awaitable<Policy>)
  /**
   * Milliseconds that the store and the callbacks may take together before the answer is 503.
   * @default 1000
   */
  timeLimit?: number
  /**
   * Milliseconds between looks for sessions that ended with nobody asking. `false`: none, and then
   * `onEnd` is called for those only that somebody asks about.
   * @default 5000
   */
  sweepEvery?: number | false
  /**
   * Permits less than 20 s between a warning and the end, which WCAG 2.2.1 does not: for tests.
   * @default false
   */
  allowShortWarning?: boolean
}
