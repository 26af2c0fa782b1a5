import type { Awaitable } from '../async/awaitable.js'
import type { ambiguous } from './cookieSession.js'
import type { OriginOptions } from './originRule.js'
import type { SessionRequest } from './plain.js'
import type { RateLimit } from './rateLimit.js'

/** A route whose requests are never activity: its exact path, a pattern of paths, or a function. */
export type PassiveRoute = string | RegExp | ((request: SessionRequest) => boolean)

export interface RequestOptions {
  /**
   * `'reports'`: only what a page reports counts. `'activity'`: each guarded request counts too, for
   * apps whose pages run no script; then every background poll has to be listed in `passive`.
   * @default 'reports'
   */
  countAs?: 'reports' | 'activity'
  /**
   * Routes that never count, however their path is written (encoded, with doubled slashes, in
   * another case). A request with `X-Session-Passive: 1`, or one that loads ahead, never counts either.
   * @default []
   */
  passive?: readonly PassiveRoute[]
  /**
   * Milliseconds after an activity during which further requests are not written down. Ends a
   * session earlier by at most that.
   * @default 1000
   */
  writeGrace?: number
}

/** What the guard knows when it sends somebody to the sign-in page. */
export interface SignInWhere {
  /** Path and query on this site, with one slash ahead; `null` where there is no way back. */
  returnTo: string | null
  /** The subject handle of the person that `returnTo` was for; `null` where nobody knows. */
  returnFor: string | null
  /** Why there is no session. */
  reason: string
}

/** The options that concern requests and answers. */
export interface HttpOptions extends OriginOptions {
  /** The session id that a request presents, or `null`. Without side effects; see `cookieSession`. */
  resolve: (request: SessionRequest) => Awaitable<string | null | typeof ambiguous>
  /** A token check beside the origin rule; `false` refuses with 403. */
  verifyCsrf?: (request: SessionRequest) => Awaitable<boolean>
  /**
   * Where the guard sends a navigation without a session; `returnTo` and `returnFor` are appended to
   * an address. After a sign-out there is neither.
   * @default none: navigations get the 401 too
   */
  signIn?: string | ((where: SignInWhere) => string)
  requests?: RequestOptions
  /**
   * Requests of one session to this process; DELETE is counted apart, so that a flood can't keep
   * anybody signed in. `false`: no limit.
   * @default { burst: 60, perSecond: 2 }
   */
  rateLimit?: RateLimit | false
  /**
   * Milliseconds within which a body has to be there.
   * @default 2000
   */
  bodyTimeout?: number
  /**
   * A `Set-Cookie` value that takes the app's cookie back, sent with the sign-out that ended a session;
   * a list where the cookie was ever set with several paths or domains.
   * @default none
   */
  clearCookie?: string | readonly string[]
}
