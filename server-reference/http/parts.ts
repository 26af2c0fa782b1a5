import type { Options } from '../options.js'
import type { Handles } from '../session/handles.js'
import type { Hooks } from '../session/hooks.js'
import type { Judge } from '../session/judge.js'
import type { SessionStore } from '../stores/store.js'
import type { createOriginRule } from './originRule.js'
import type { RateLimiter } from './rateLimit.js'

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
