import { randomBytes } from 'node:crypto'
import type { WireActive } from '../src/protocol/wire.js'
import type { Awaitable } from './async/awaitable.js'
import { createEndpoint } from './http/endpoint.js'
import { createGuard, type GuardOptions, type PlainGuard } from './http/guard.js'
import { createOriginRule } from './http/originRule.js'
import type { Parts } from './http/parts.js'
import type { PlainAnswer, PlainRequest } from './http/plain.js'
import { createRateLimiter } from './http/rateLimit.js'
import { toResponse, webRequest } from './http/web.js'
import { createWebGuard, type Guarded } from './http/webGuard.js'
import { checkOptions, fail } from './options/checkOptions.js'
import { type Policy, policyMistakes, toChecked } from './options/policy.js'
import type { Options } from './options.js'
import { createHandles } from './session/handles.js'
import { createHooks, type SessionInfo } from './session/hooks.js'
import { createJudge } from './session/judge.js'
import { createLifecycle } from './session/lifecycle.js'
import { sealIds } from './session/sealIds.js'
import { sweepRegularly } from './session/sweepRegularly.js'
import type { RecordedReason } from './stores/store.js'
import { createWatch, type Watch } from './watch/createWatch.js'

export interface SessionSecurity {
  /**
   * At sign-in, with a session id that was never used before: random, and new at each sign-in. Gives
   * the session as the endpoint would tell it. `replaces` is the id that the browser had before: that
   * session ends first, for the reason `'replaced'`. Rejects where the id was used, or the store is
   * down: then don't sign in.
   */
  start(session: {
    id: string
    subject: string
    data?: unknown
    replaces?: string | null | undefined
  }): Promise<WireActive>
  /**
   * Where the app renews a session's id: its times go on, and its pages stay signed in. `false` where
   * the old one was over: then sign out.
   */
  rotate(ids: { from: string; to: string }): Promise<boolean>
  /**
   * Ends one session. `ended` false: there was nothing to end. `confirmed` false: a failover could
   * lose it. Rejects where the store is down.
   */
  end(session: {
    id: string
    reason?: RecordedReason
  }): Promise<{ ended: boolean; confirmed: boolean }>
  /**
   * Signs a person out everywhere: ends the sessions that started until now, in parts, and gives
   * their number. Rejects where the store is down, or where sessions may be left: call it again.
   */
  endSubject(
    subject: string,
    reason?: RecordedReason,
  ): Promise<{ ended: number; confirmed: boolean }>
  /** For the app's own routes. */
  guard(request: Request, options?: GuardOptions): Promise<Guarded>
  /** The endpoint, for any web-standard server. */
  fetch(request: Request): Promise<Response>
  /** The same two on plain values, for adapters such as `toNodeHandler`. */
  plain: {
    endpoint(request: PlainRequest): Awaitable<PlainAnswer>
    guard: PlainGuard
  }
  /**
   * For an answer that goes on after the guard let it pass, such as a stream of events or a WebSocket:
   * calls `onOver` once when the session is over, and at once (but never before this function
   * returned) where there is none. Then end the stream. Gives a function that stops watching: call it
   * whenever the stream closes. The reason `unknown` also says that nobody can tell any more whether
   * the session lives: the store could not be asked in time, or `close` was called.
   */
  watch(...watched: Parameters<Watch>): () => void
  /** Stops the sweep and every watch. The store and its client are the app's to close. */
  close(): void
}

/**
 * The server's side of the session protocol.
 *
 * @throws TypeError naming every mistake in the options.
 */
export function createSessionSecurity(options: Options): SessionSecurity {
  checkOptions(options)
  const { store, policy, timeLimit = 1_000, sweepEvery = 5_000 } = options
  const { allowShortWarning = false } = options
  const secrets = secretsOf(options.secret)
  const handles = createHandles(secrets)
  const ids = sealIds(secrets)
  const hooks = createHooks(options, handles, ids, store)
  const judge = createJudge(
    store,
    typeof policy === 'function'
      ? async (session: SessionInfo) => checked(await policy(session), allowShortWarning)
      : toChecked(policy),
    hooks,
  )
  const parts: Parts = {
    ...options,
    store,
    handles,
    hooks,
    judge,
    timeLimit,
    bodyTimeout: options.bodyTimeout ?? 2_000,
    originRule: createOriginRule(options),
    rateLimiter:
      options.rateLimit === false
        ? () => 0
        : createRateLimiter(options.rateLimit ?? { burst: 60, perSecond: 2 }, () =>
            performance.now(),
          ),
    requests: { countAs: 'reports', passive: [], writeGrace: 1_000, ...options.requests },
  }
  const endpoint = createEndpoint(parts)
  const guard = createGuard(parts)
  const watch = createWatch(parts)
  const stopSweeping = sweepRegularly(store, sweepEvery, hooks)

  return {
    ...createLifecycle(parts, ids),

    guard: createWebGuard(guard),
    fetch: async (request) => toResponse(await endpoint(webRequest(request))),
    plain: { endpoint, guard },
    watch: (request, onOver) => watch(request, onOver),
    close() {
      stopSweeping()
      watch.close()
    },
  }
}

function secretsOf(secret: Options['secret']): [Uint8Array, ...Uint8Array[]] {
  const [first, ...others] = (Array.isArray(secret) ? secret : [secret]) as (string | Uint8Array)[]
  return first === undefined ? [randomBytes(32)] : [bytes(first), ...others.map(bytes)]
}

const bytes = (secret: string | Uint8Array) =>
  typeof secret === 'string' ? new TextEncoder().encode(secret) : secret

function checked(policy: Policy, allowShortWarning: boolean) {
  const mistakes = policyMistakes(policy, allowShortWarning)
  return mistakes.length > 0 ? fail('The policy of a session', mistakes) : toChecked(policy)
}
