import { randomBytes } from 'node:crypto'
import { collectMistakes } from '../src/options/optionMistakes.js'
import { checkOptions } from './checkOptions.js'
import { createEndpoint } from './http/endpoint.js'
import { createGuard, type GuardOptions } from './http/guard.js'
import { createOriginRule } from './http/originRule.js'
import type { Parts } from './http/parts.js'
import type { PlainHandlers } from './http/plainHandlers.js'
import { createRateLimiter } from './http/rateLimit.js'
import { toResponse, webRequest } from './http/web.js'
import { createWebGuard, type Guarded } from './http/webGuard.js'
import { checkPolicy } from './options/checkPolicy.js'
import { type Policy, toChecked } from './options/policy.js'
import type { Options } from './options.js'
import { createLifecycle, type Lifecycle } from './session/createLifecycle.js'
import { createHandles } from './session/handles.js'
import { createHooks, type SessionInfo } from './session/hooks.js'
import { createJudge } from './session/judge.js'
import { sealIds } from './session/sealIds.js'
import { sweepRegularly } from './session/sweepRegularly.js'
import { createWatch, type Watch } from './watch/createWatch.js'

export interface SessionSecurity extends Lifecycle {
  /** The guard for the app's own routes. */
  guard(request: Request, options?: GuardOptions): Promise<Guarded>
  /** The endpoint for any web-standard server. */
  fetch(request: Request): Promise<Response>
  /** Both as functions of plain values, for adapters such as `toNodeHandler`. */
  plain: PlainHandlers
  /**
   * For an answer that continues after the guard, such as a stream of events or a WebSocket.
   * Calls `onOver` once when the session is over, or at once if there is none (but never before
   * this function has returned). End the stream then. Returns a function that stops watching:
   * call it when the stream closes. The reason `unknown` can also mean that nobody knows whether
   * the session lives: the store did not answer in time, or `close` was called.
   */
  watch(...watched: Parameters<Watch>): () => void
  /** Stops the sweep and all watches. The app closes the store's client itself. */
  close(): void
}

/**
 * The server's side of the session protocol.
 *
 * @throws one error with the code `invalid-options` that names every mistake.
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
  const mistakes = collectMistakes('what `policy` returned')
  checkPolicy(policy, allowShortWarning, mistakes)
  mistakes.check()
  return toChecked(policy)
}
