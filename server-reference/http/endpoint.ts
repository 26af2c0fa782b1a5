import type { WireRequest } from '../../src/protocol/wire.js'
import { type Awaitable, isThenable, whenReady } from '../async/awaitable.js'
import { isUnavailable, withinLimit } from '../async/withinLimit.js'
import { keyOf } from '../session/handles.js'
import { signedOut, unknownSession } from './answers.js'
import { createApplyRequest } from './applyRequest.js'
import { ambiguous } from './cookieSession.js'
import { logRefusal } from './logRefusal.js'
import type { Parts } from './parts.js'
import type { PlainAnswer, PlainRequest } from './plain.js'
import { corsHeaders, preflight } from './preflight.js'
import { ambiguousCookie, problem, refuse, shown, unavailable } from './problem.js'
import { readWireRequest, refuseMedia } from './wireRequest.js'

const methods = 'GET, POST, DELETE'

/** The protocol's endpoint. The cheapest checks come first, the store last. */
export function createEndpoint(parts: Parts): (request: PlainRequest) => Awaitable<PlainAnswer> {
  const { originRule, handles, hooks, rateLimiter } = parts
  const applyRequest = createApplyRequest(parts)

  function answer(request: PlainRequest): Awaitable<PlainAnswer> {
    const origin = originRule(request)
    const cors = origin.pass ? origin.cors : null
    const { method } = request
    if (method === 'OPTIONS' && cors !== null) return preflight(request, cors, methods)
    if (method !== 'GET' && method !== 'POST' && method !== 'DELETE') {
      const why = method === 'OPTIONS' && !origin.pass ? ` ${origin.detail}` : ''
      const detail = `The method is ${shown(method)}; this address knows ${methods}.${why}`
      return refuse(405, 'method', detail, {}, { Allow: methods })
    }
    if (!origin.pass) return refuse(403, 'origin', origin.detail)
    const given =
      method === 'GET' ? withTimeLimit(() => resolveSession(request)) : answerBody(request)
    return cors === null ? given : whenReady(given, (plain) => withCors(plain, cors))
  }

  /** POST and DELETE, which have a body. */
  function answerBody(request: PlainRequest): Awaitable<PlainAnswer> {
    const media = refuseMedia(request)
    if (media) return media
    const { verifyCsrf } = parts
    if (!verifyCsrf) return readBody(request)
    const token = withTimeLimit(() =>
      whenReady(verifyCsrf(request), (isGood) =>
        isGood ? null : refuse(403, 'csrf', 'verifyCsrf refused the request.'),
      ),
    )
    return whenReady(token, (refusal) => refusal ?? readBody(request))
  }

  function readBody(request: PlainRequest): Awaitable<PlainAnswer> {
    return whenReady(readWireRequest(request, parts.bodyTimeout), (read) =>
      'refusal' in read ? read.refusal : withTimeLimit(() => resolveSession(request, read.said)),
    )
  }

  function resolveSession(request: PlainRequest, said?: WireRequest): Awaitable<PlainAnswer> {
    const signsOut = said !== undefined && (request.method === 'DELETE' || said.signOut === true)
    return whenReady(parts.resolve(request), (id) => {
      if (id === ambiguous) return ambiguousCookie()
      if (!id) return signsOut ? signedOut() : unknownSession
      const key = keyOf(id)
      return tooMany(key, signsOut) ?? applyRequest({ key, id, said, signsOut })
    })
  }

  function tooMany(key: string, signsOut: boolean): PlainAnswer | null {
    // Sign-outs are counted separately, so that a flood of reports cannot block a sign-out.
    const wait = rateLimiter(signsOut ? `sign-out ${key}` : key)
    if (wait === 0) return null
    hooks.emit({ type: 'rate-limited', handle: handles.session(key, handles.current) })
    return problem(429, {}, { 'Retry-After': String(wait) })
  }

  /** Runs the calls to the store and to the app's callbacks under one time limit. */
  function withTimeLimit<T>(ask: () => Awaitable<T>): Awaitable<T | PlainAnswer> {
    return whenReady(withinLimit(parts.timeLimit, ask), (given) => {
      if (!isUnavailable(given)) return given
      hooks.storeDown(given.unavailable)
      return unavailable()
    })
  }

  return (request) => {
    const log = (given: PlainAnswer) => logRefusal(hooks, given, request.method)
    const failed = (error: unknown) => {
      hooks.emit({ type: 'failed', error })
      return problem(500)
    }
    try {
      const given = answer(request)
      return isThenable(given) ? given.then(log).catch(failed) : log(given)
    } catch (error) {
      return failed(error)
    }
  }
}

const withCors = (answer: PlainAnswer, origin: string): PlainAnswer => ({
  ...answer,
  headers: { ...answer.headers, ...corsHeaders(origin) },
})
