import type { Awaitable } from './async/awaitable.js'
import type { HttpOptions } from './http/httpOptions.js'
import type { Policy } from './options/policy.js'
import type { HookOptions, SessionInfo } from './session/hooks.js'
import type { SessionStore } from './stores/store.js'

export interface Options extends HttpOptions, HookOptions {
  /** Where sessions are kept: `memoryStore()`, `redisStore(client)`, `postgresStore(pool)`. */
  store: SessionStore
  /**
   * The secret for handles and sealed ids: at least 32 bytes, the same in every process. Pass a
   * list to rotate it: the first one is for new sessions, the others for the sessions that have
   * them.
   * @default random, and only with a store that no other process shares
   */
  secret?: string | Uint8Array | readonly (string | Uint8Array)[]
  /**
   * When sessions end: one policy for all (see `presets`), or a function that returns a session's
   * policy for each answer.
   */
  policy: Policy | ((session: SessionInfo) => Awaitable<Policy>)
  /**
   * How long (ms) the store and the callbacks may take together. After that the answer is 503.
   * @default 1000
   */
  timeLimit?: number
  /**
   * Milliseconds between searches for sessions that ended while no request asked. `false`: no
   * searches; then `onEnd` is only called for sessions that a request asks about.
   * @default 5000
   */
  sweepEvery?: number | false
  /**
   * Allows less than 20 s between a warning and the end, which WCAG 2.2.1 does not allow. For
   * tests.
   * @default false
   */
  allowShortWarning?: boolean
}
