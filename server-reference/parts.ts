import type { Handles } from './handles.js'
import type { Hooks } from './hooks.js'
import type { Judge } from './judge.js'
import type { Options } from './options.js'
import type { createOriginRule } from './originRule.js'
import type { RateLimiter } from './rateLimit.js'
import type { SessionStore } from './store.js'

/** What the endpoint and the guard are made of, once the options are checked. */
export interface Parts extends Pick<Options, 'resolve' | 'verifyCsrf' | 'clearCookie' | 'signIn'> {
  store: SessionStore
  handles: Handles
  judge: Judge
  hooks: Hooks
  originRule: ReturnType<typeof createOriginRule>
  rateLimiter: RateLimiter
  requests: Required<NonNullable<Options['requests']>>
  timeLimit: number
  bodyTimeout: number
}
