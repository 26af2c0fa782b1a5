import { randomBytes } from 'node:crypto'
import type { WireActive } from '../src/core/wire.js'
import type { Awaitable } from './awaitable.js'
import { checkOptions, fail, show } from './checkOptions.js'
import { createEndpoint } from './endpoint.js'
import { createGuard, type PlainGuarded } from './guard.js'
import { createHandles } from './handles.js'
import { createHooks, type SessionInfo } from './hooks.js'
import { createJudge } from './judge.js'
import { createLifecycle } from './lifecycle.js'
import type { Options } from './options.js'
import { createOriginRule } from './originRule.js'
import type { Parts } from './parts.js'
import type { PlainAnswer, PlainRequest, SessionRequest } from './plain.js'
import { type Policy, policyMistakes, toChecked } from './policy.js'
import { createRateLimiter } from './rateLimit.js'
import { sealIds } from './sealIds.js'
import type { RecordedReason } from './store.js'
import { sweepRegularly } from './sweepRegularly.js'
import { toResponse, webRequest } from './web.js'

/** What the guard says to a web-standard server. */
export interface Guarded {
  /** Give this instead of an answer of your own; `null` where the session lives. */
  response: Response | null
  /** Add these to your own answer. */
  headers: Record<string, string>
  /** The session as the endpoint would tell it, to render into the page as `initialSession`. */
  active: WireActive | null
}

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
  guard(request: Request): Promise<Guarded>
  /** The endpoint, for any web-standard server. */
  fetch(request: Request): Promise<Response>
  /** The same two on plain values, for adapters such as `toNodeHandler`. */
  plain: {
    endpoint(request: PlainRequest): Awaitable<PlainAnswer>
    guard(request: SessionRequest): Promise<PlainGuarded>
  }
  /** Stops the sweep. The store and its client are the app's to close. */
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
  const secrets = secretsOf(options.secret)
  const handles = createHandles(secrets)
  const ids = sealIds(secrets)
  const hooks = createHooks(options, handles, ids, store)
  const judge = createJudge(
    store,
    typeof policy === 'function'
      ? async (session: SessionInfo) => checked(await policy(session))
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
  const close = sweepRegularly(store, sweepEvery, hooks)

  return {
    ...createLifecycle(parts, ids),

    async guard(request) {
      const { answer, ...rest } = await guard(request)
      return { ...rest, response: answer && toResponse(answer) }
    },

    fetch: async (request) => toResponse(await endpoint(webRequest(request))),
    plain: { endpoint, guard },
    close,
  }
}

function secretsOf(secret: Options['secret']): [Uint8Array, ...Uint8Array[]] {
  const [first, ...others] = (Array.isArray(secret) ? secret : [secret]) as (string | Uint8Array)[]
  return first === undefined ? [randomBytes(32)] : [bytes(first), ...others.map(bytes)]
}

const bytes = (secret: string | Uint8Array) =>
  typeof secret === 'string' ? new TextEncoder().encode(secret) : secret

function checked(policy: Policy) {
  const mistakes = policyMistakes(policy, show)
  return mistakes.length > 0 ? fail('The policy of a session', mistakes) : toChecked(policy)
}
