import type { Awaitable } from '../async/awaitable.js'
import type { ambiguous } from './cookieSession.js'
import type { OriginOptions } from './originRule.js'
import type { SessionRequest } from './plain.js'
import type { RateLimit } from './rateLimit.js'

/** A route whose requests are never activity: its exact path, a pattern of paths, or a function. */
export type PassiveRoute = string | RegExp | ((request: SessionRequest) => boolean)

export interface RequestOptions {
  /**
   * `'reports'`: only activity that a page reports counts. `'activity'`: each guarded request
   * counts, too, for apps whose pages run no script. Then list every background poll in
   * `passive`.
   * @default 'reports'
   */
  countAs?: 'reports' | 'activity'
  /**
   * Routes whose requests never count, however their path is written (encoded, with doubled
   * slashes, in another case). Requests with `X-Session-Passive: 1` and prefetches never count
   * either.
   * @default []
   */
  passive?: readonly PassiveRoute[]
  /**
   * Milliseconds after an activity during which further requests are not recorded. A session ends
   * earlier by at most that time.
   * @default 1000
   */
  writeGrace?: number
}

/** What `signIn` gets when the guard sends a user to the sign-in page. */
export interface SignInWhere {
  /** Path and query on this site, with one leading slash; `null` if there is no way back. */
  returnTo: string | null
  /** The subject handle of the person that `returnTo` is for; `null` if unknown. */
  returnFor: string | null
  /** Why there is no session. */
  reason: string
}

/** The options that concern requests and answers. */
export interface HttpOptions extends OriginOptions {
  /**
   * Returns the session id of a request, or `null`. It must have no side effects. See
   * `cookieSession`.
   */
  resolve: (request: SessionRequest) => Awaitable<string | null | typeof ambiguous>
  /** A token check in addition to the origin rule. `false` refuses the request with 403. */
  verifyCsrf?: (request: SessionRequest) => Awaitable<boolean>
  /**
   * Where the guard sends a navigation without a session. It appends `returnTo` and `returnFor`
   * to an address, except after a sign-out.
   * @default none: navigations get the 401, too
   */
  signIn?: string | ((where: SignInWhere) => string)
  requests?: RequestOptions
  /**
   * How many requests of one session this process answers. DELETE is counted separately, so that
   * a flood cannot block a sign-out. `false`: no limit.
   * @default { burst: 60, perSecond: 2 }
   */
  rateLimit?: RateLimit | false
  /**
   * Milliseconds within which the body must arrive.
   * @default 2000
   */
  bodyTimeout?: number
  /**
   * A `Set-Cookie` value that deletes the app's cookie, sent with the sign-out that ended a
   * session. Pass a list if the cookie was ever set with several paths or domains.
   * @default none
   */
  clearCookie?: string | readonly string[]
}
