import { randomBytes } from 'node:crypto'
import type { EndReason, WireActive } from '../src/core/wire.js'
import { toWire } from './answers.js'
import type { Awaitable } from './awaitable.js'
import { checkOptions, fail } from './checkOptions.js'
import { createEndpoint } from './endpoint.js'
import { createGuard, type GuardOptions, type PlainGuard } from './guard.js'
import { createHandles, keyOf } from './handles.js'
import { createHooks, type SessionInfo } from './hooks.js'
import { createJudge } from './judge.js'
import type { Options } from './options.js'
import { createOriginRule } from './originRule.js'
import type { Parts } from './parts.js'
import type { PlainAnswer, PlainRequest } from './plain.js'
import { type Policy, policyMistakes, toChecked } from './policy.js'
import { createRateLimiter } from './rateLimit.js'
import type { SessionMeta } from './store.js'
import { sweepRegularly } from './sweepRegularly.js'
import { toResponse, webRequest } from './web.js'
import { createWebGuard, type Guarded } from './webGuard.js'
import { isUnavailable, withinLimit } from './withinLimit.js'

export interface SessionSecurity {
  /**
   * At sign-in, with a session id that was never used before. Gives the session as the endpoint
   * would tell it. Rejects where the id was used, or the store is down: then don't sign in.
   */
  start(session: { id: string; subject: string; data?: unknown }): Promise<WireActive>
  /** Where the app renews a session's id: the age goes on. `false` where the old one was over. */
  rotate(ids: { from: string; to: string }): Promise<boolean>
  /** Ends one session. `confirmed` false: a failover could lose it. Rejects where the store is down. */
  end(session: { id: string; reason?: EndReason }): Promise<{ confirmed: boolean }>
  /** Signs a person out everywhere. Gives the number of sessions that this ended. */
  endSubject(subject: string, reason?: EndReason): Promise<number>
  /** For the app's own routes. */
  guard(request: Request, options?: GuardOptions): Promise<Guarded>
  /** The endpoint, for any web-standard server. */
  fetch(request: Request): Promise<Response>
  /** The same two on plain values, for adapters such as `toNodeHandler`. */
  plain: {
    endpoint(request: PlainRequest): Awaitable<PlainAnswer>
    guard: PlainGuard
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
  const { allowShortWarning = false } = options
  const handles = createHandles(secretsOf(options.secret))
  const hooks = createHooks(options, handles, store)
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
  const close = sweepRegularly(store, sweepEvery, hooks)

  /** Like the endpoint, the app's own calls don't wait for ever; unlike it, they reject. */
  async function orThrow<T>(ask: () => Promise<T>): Promise<T> {
    const given = await withinLimit(timeLimit, ask)
    if (!isUnavailable(given)) return given
    throw given.unavailable
  }

  return {
    start: ({ id, subject, data }) =>
      orThrow(async () => {
        requireText({ id, subject })
        const meta: SessionMeta = {
          subject,
          secretId: handles.current,
          ...(data !== undefined && { data }),
        }
        const key = keyOf(id)
        const own = await judge.policyOf(key, meta)
        if (!(await store.create(key, own.limits, meta)))
          throw new Error(
            'This session id was used before: start() needs a fresh one at each sign-in.',
          )
        hooks.emit({ type: 'started', session: hooks.info(key, meta) })
        const now = await judge.peek(key)
        if (now.state === 'ended') throw new Error('The session ended while it was started.')
        return toWire(now, key, handles)
      }),

    rotate: ({ from, to }) =>
      orThrow(async () => {
        requireText({ from, to })
        const old = await store.look(keyOf(from))
        if (old.state === 'ended') return false
        // First the end: of two calls at once, and of a crash in between, no second session is left.
        // Without a tombstone, so that a page which still presents the old id asks once more.
        const { ended } = await store.end(keyOf(from), 'unknown')
        return ended?.reason === 'unknown' && store.create(keyOf(to), old.limits, old.meta, old)
      }),

    end: ({ id, reason = 'signed-out' }) =>
      orThrow(async () => {
        requireText({ id })
        const { ended, confirmed } = await store.end(keyOf(id), reason)
        if (ended) hooks.ended(ended, { id, confirmed })
        return { confirmed }
      }),

    endSubject: (subject, reason = 'revoked') =>
      orThrow(async () => {
        requireText({ subject })
        if (!store.endSubject) throw new Error('This store has no index by subject.')
        const { ended, confirmed } = await store.endSubject(subject, reason)
        for (const record of ended) hooks.ended(record, { confirmed })
        return ended.length
      }),

    guard: createWebGuard(guard),
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

function checked(policy: Policy, allowShortWarning: boolean) {
  const mistakes = policyMistakes(policy, allowShortWarning)
  return mistakes.length > 0 ? fail('The policy of a session', mistakes) : toChecked(policy)
}

function requireText(values: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(values))
    if (typeof value !== 'string' || value === '')
      throw new TypeError(`${name} has to be a string that is not empty, not ${typeof value}`)
}
