import type { SessionParts } from '../session/sessionParts.js'
import type { HttpOptions, RequestOptions } from './httpOptions.js'
import type { createOriginRule } from './originRule.js'
import type { RateLimiter } from './rateLimit.js'

/** What the endpoint and the guard need, from the checked options. */
export interface Parts
  extends SessionParts,
    Pick<HttpOptions, 'resolve' | 'verifyCsrf' | 'clearCookie' | 'signIn'> {
  originRule: ReturnType<typeof createOriginRule>
  rateLimiter: RateLimiter
  requests: Required<RequestOptions>
  bodyTimeout: number
}
