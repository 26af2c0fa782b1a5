import type { WireRequest } from '../src/core/wire.js'
import { signedOut, toAnswer, unknownSession } from './answers.js'
import { type Awaitable, after, isThenable } from './awaitable.js'
import { ambiguous } from './cookieSession.js'
import { keyOf } from './handles.js'
import type { Parts } from './parts.js'
import type { PlainAnswer, PlainRequest } from './plain.js'
import { problem } from './problem.js'
import { readWireRequest, refuseMedia } from './wireRequest.js'
import { isUnavailable, withinLimit } from './withinLimit.js'

const methods = 'GET, POST, DELETE'
type Method = 'GET' | 'POST' | 'DELETE'

/** The protocol's resource. Cheapest check first; the store last. */
export function createEndpoint(parts: Parts): (request: PlainRequest) => Awaitable<PlainAnswer> {
  const { originRule, handles, judge, store, hooks, rateLimiter } = parts

  function answer(request: PlainRequest): Awaitable<PlainAnswer> {
    const origin = originRule(request)
    const cors = origin.pass ? origin.cors : null
    const { method } = request
    if (method === 'OPTIONS' && cors !== null) return preflight(request, cors)
    if (method !== 'GET' && method !== 'POST' && method !== 'DELETE')
      return problem(405, {}, { Allow: methods })
    if (!origin.pass) return problem(403)
    const given =
      method === 'GET' ? outside(() => judged(request, method)) : spoken(request, method)
    return cors === null ? given : after(given, (plain) => withCors(plain, cors))
  }

  /** POST and DELETE, which say something. */
  function spoken(request: PlainRequest, method: 'POST' | 'DELETE'): Awaitable<PlainAnswer> {
    const media = refuseMedia(request)
    if (media) return media
    const { verifyCsrf } = parts
    if (!verifyCsrf) return heard(request, method)
    const token = outside(() =>
      after(verifyCsrf(request), (isGood) => (isGood ? null : problem(403))),
    )
    return after(token, (refusal) => refusal ?? heard(request, method))
  }

  function heard(request: PlainRequest, method: 'POST' | 'DELETE'): Awaitable<PlainAnswer> {
    return after(readWireRequest(request, parts.bodyTimeout), (read) =>
      'refusal' in read ? read.refusal : outside(() => judged(request, method, read.said)),
    )
  }

  function judged(
    request: PlainRequest,
    method: Method,
    said?: WireRequest,
  ): Awaitable<PlainAnswer> {
    return after(parts.resolve(request), (id) => {
      if (id === ambiguous) return problem(400, { detail: 'Two differing session cookies.' })
      if (!id) return method === 'DELETE' ? signedOut() : unknownSession
      const key = keyOf(id)
      return tooMany(key, method) ?? carriedOut(key, id, method, said)
    })
  }

  function tooMany(key: string, method: Method): PlainAnswer | null {
    const wait = rateLimiter(method === 'DELETE' ? `sign-out ${key}` : key)
    if (wait === 0) return null
    hooks.emit({ type: 'rate-limited', handle: handles.session(key, handles.current) })
    return problem(429, {}, { 'Retry-After': String(wait) })
  }

  function carriedOut(key: string, id: string, method: Method, said?: WireRequest) {
    if (!said) return after(judge.peek(key), (verdict) => toAnswer(verdict, key, handles))
    // A page that means another session, or knows none yet, neither prolongs nor ends this one.
    const isOwn = said.session !== undefined && handles.names(said.session, key)
    if (method === 'DELETE' && isOwn) return signOut(key, id)
    const idleFor = isOwn && method === 'POST' ? (said.idleForMs ?? null) : null
    return after(judge.touch(key, idleFor, id), (verdict) => {
      const nothingThere = verdict.state === 'ended' && verdict.meta === null
      return method === 'DELETE' && nothingThere ? signedOut() : toAnswer(verdict, key, handles)
    })
  }

  async function signOut(key: string, id: string): Promise<PlainAnswer> {
    const { ended, confirmed } = await store.end(key, 'signed-out')
    if (ended) hooks.ended(ended, { id, confirmed })
    // A failover could undo it: the page has to ask again until that is impossible.
    return confirmed ? signedOut(parts.clearCookie) : unavailable()
  }

  /** Everything that others answer, under one time limit. */
  function outside<T>(ask: () => Awaitable<T>): Awaitable<T | PlainAnswer> {
    return after(withinLimit(parts.timeLimit, ask), (given) => {
      if (!isUnavailable(given)) return given
      hooks.emit({ type: 'store-down', error: given.unavailable })
      return unavailable()
    })
  }

  return (request) => {
    const told = (given: PlainAnswer) => {
      const { status } = given
      if (status >= 400 && status < 500 && status !== 401 && status !== 429)
        hooks.emit({ type: 'refused', status, method: request.method })
      return given
    }
    const failed = (error: unknown) => {
      hooks.emit({ type: 'failed', error })
      return problem(500)
    }
    try {
      const given = answer(request)
      return isThenable(given) ? given.then(told).catch(failed) : told(given)
    } catch (error) {
      return failed(error)
    }
  }
}

const unavailable = () => problem(503, {}, { 'Retry-After': '1' })

const corsHeaders = (origin: string) => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Expose-Headers': 'Retry-After',
  Vary: 'Origin',
})

const withCors = (answer: PlainAnswer, origin: string): PlainAnswer => ({
  ...answer,
  headers: { ...answer.headers, ...corsHeaders(origin) },
})

/** Only ever for a trusted origin, so it may send what headers it likes. */
function preflight({ headers }: PlainRequest, origin: string): PlainAnswer {
  const wanted = headers.get('access-control-request-headers')
  return {
    status: 204,
    headers: {
      ...signedOut().headers,
      ...corsHeaders(origin),
      'Access-Control-Allow-Methods': methods,
      ...(wanted !== null &&
        /^[\w\-, ]{1,500}$/.test(wanted) && { 'Access-Control-Allow-Headers': wanted }),
    },
    body: '',
  }
}
