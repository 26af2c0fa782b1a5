import { randomBytes } from 'node:crypto'
import type { WireActive } from '../src/core/wire.js'
import { toWire } from './answers.js'
import type { Awaitable } from './awaitable.js'
import { checkOptions, fail } from './checkOptions.js'
import { withoutArguments } from './cleanError.js'
import { createEndpoint } from './endpoint.js'
import { createGuard, type GuardOptions, type PlainGuard } from './guard.js'
import { createHandles, keyOf } from './handles.js'
import { createHooks, type SessionInfo } from './hooks.js'
import { createJudge } from './judge.js'
import { nextTurn } from './nextTurn.js'
import type { Options } from './options.js'
import { createOriginRule } from './originRule.js'
import type { Parts } from './parts.js'
import type { PlainAnswer, PlainRequest } from './plain.js'
import { type Policy, policyMistakes, toChecked } from './policy.js'
import { createRateLimiter } from './rateLimit.js'
import { renewedMeta } from './renewedMeta.js'
import { requireData, requireText } from './requireText.js'
import { sealIds } from './sealIds.js'
import type { EndedPart, RecordedReason, SessionMeta } from './store.js'
import { sweepRegularly } from './sweepRegularly.js'
import { toResponse, webRequest } from './web.js'
import { createWebGuard, type Guarded } from './webGuard.js'
import { isUnavailable, withinLimit } from './withinLimit.js'

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
  const close = sweepRegularly(store, sweepEvery, hooks)

  /** Like the endpoint, the app's own calls don't wait for ever; unlike it, they reject. */
  async function orThrow<T>(ask: (left: () => number) => Promise<T>): Promise<T> {
    const until = performance.now() + timeLimit
    const given = await withinLimit(timeLimit, () => ask(() => until - performance.now()))
    if (!isUnavailable(given)) return given
    throw withoutArguments(given.unavailable)
  }

  /** What was to create a session failed, or the caller has given up: then there is to be none. */
  async function orNone<T>(key: string, left: () => number, create: () => Awaitable<T>) {
    const undo = async () => void (await store.end(key, 'unknown'))
    if (left() <= 0) throw tooLate()
    try {
      const made = await create()
      if (left() <= 0) await undo()
      return made
    } catch (error) {
      undo().catch(() => {})
      throw error
    }
  }

  async function end(id: string, reason: RecordedReason) {
    const { ended, confirmed } = await store.end(keyOf(id), reason)
    if (ended) hooks.ended(ended, { id, confirmed })
    return { ended: ended !== null, confirmed }
  }

  async function endPart(
    subject: string,
    reason: RecordedReason,
    next: unknown,
  ): Promise<EndedPart> {
    if (!store.endSubject) throw new Error('This store has no index by subject.')
    const part = await store.endSubject(subject, reason, next)
    for (const record of part.ended) hooks.ended(record, { confirmed: part.confirmed })
    return part
  }

  return {
    start: ({ id, subject, data, replaces }) =>
      orThrow(async (left) => {
        requireText({ id, subject, ...(replaces && { replaces }) })
        requireData(data)
        if (replaces === id) throw new TypeError('id has to be another one than replaces')
        const key = keyOf(id)
        const meta: SessionMeta = {
          subject,
          secretId: handles.current,
          sealedId: ids.seal(id, key),
          ...(data !== undefined && { data }),
        }
        const own = await judge.policyOf(key, meta)
        if (left() <= 0) throw tooLate()
        if (replaces) await end(replaces, 'replaced')
        const at = await orNone(key, left, () => store.create(key, own.limits, meta, left()))
        if (at === null)
          throw new Error(
            'This session id was used before, or its subject was signed out everywhere meanwhile: ' +
              'start() needs a fresh id at each sign-in.',
          )
        hooks.emit({ type: 'started', session: hooks.info(key, meta) })
        return toWire({ state: 'active', at, idle: 0, age: 0, meta, policy: own }, key, handles)
      }),

    rotate: ({ from, to }) =>
      orThrow(async (left) => {
        requireText({ from, to })
        const [oldKey, key] = [keyOf(from), keyOf(to)]
        const old = await store.look(oldKey)
        if (old.state === 'ended') return false
        const meta = renewedMeta(old, oldKey, ids.seal(to, key), store.retainEnded)
        const rotate = () => store.rotate(oldKey, key, meta, left())
        const { renewed, ended } = await orNone(key, left, rotate)
        if (ended) hooks.ended(ended)
        return renewed
      }),

    end: ({ id, reason = 'signed-out' }) =>
      orThrow(async () => {
        requireText({ id })
        return end(id, reason)
      }),

    async endSubject(subject, reason = 'revoked') {
      requireText({ subject })
      const all = { ended: 0, confirmed: true }
      let next: unknown
      do {
        const part = await orThrow(() => endPart(subject, reason, next))
        all.ended += part.ended.length
        all.confirmed &&= part.confirmed
        next = part.next
        // Others have their turn in between.
        await nextTurn()
      } while (next !== null)
      return all
    },

    guard: createWebGuard(guard),
    fetch: async (request) => toResponse(await endpoint(webRequest(request))),
    plain: { endpoint, guard },
    close,
  }
}

const tooLate = () => new Error('The time limit has passed')

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
