import { signedOut, toAnswer, unknownSession } from './answers.js'
import { ambiguous } from './cookieSession.js'
import { keyOf } from './handles.js'
import type { Parts } from './parts.js'
import type { PlainAnswer, PlainRequest } from './plain.js'
import { problem } from './problem.js'
import { readWireRequest, refuseMedia } from './wireRequest.js'
import { isUnavailable, withinLimit } from './withinLimit.js'

const methods = 'GET, POST, DELETE'

/** The protocol's resource. Cheapest check first; the store last. */
export function createEndpoint(parts: Parts): (request: PlainRequest) => Promise<PlainAnswer> {
  const { originRule, handles, judge, store, hooks, rateLimiter } = parts

  async function answer(request: PlainRequest): Promise<PlainAnswer> {
    const origin = originRule(request)
    const cors = origin.pass ? origin.cors : null
    const { method } = request
    if (method === 'OPTIONS' && cors !== null) return preflight(request, cors)
    if (method !== 'GET' && method !== 'POST' && method !== 'DELETE')
      return problem(405, {}, { Allow: methods })
    if (!origin.pass) return problem(403)
    const given = await admitted(request, method)
    return cors === null ? given : withCors(given, cors)
  }

  async function admitted(request: PlainRequest, method: 'GET' | 'POST' | 'DELETE') {
    if (method === 'GET') return outside(() => judged(request, method, undefined, null))
    const media = refuseMedia(request)
    if (media) return media
    if (parts.verifyCsrf) {
      const token = await outside(async () =>
        (await parts.verifyCsrf?.(request)) ? null : problem(403),
      )
      if (token) return token
    }
    const read = await readWireRequest(request, parts.bodyTimeout)
    if ('refusal' in read) return read.refusal
    const { session, idleForMs = null } = read.said
    return outside(() => judged(request, method, session, idleForMs))
  }

  async function judged(
    request: PlainRequest,
    method: 'GET' | 'POST' | 'DELETE',
    named: string | undefined,
    idleFor: number | null,
  ): Promise<PlainAnswer> {
    const id = await parts.resolve(request)
    if (id === ambiguous) return problem(400, { detail: 'Two differing session cookies.' })
    if (!id) return method === 'DELETE' ? signedOut() : unknownSession
    const key = keyOf(id)
    const wait = rateLimiter(method === 'DELETE' ? `sign-out ${key}` : key)
    if (wait > 0) {
      hooks.emit({ type: 'rate-limited', handle: handles.session(key, handles.current) })
      return problem(429, {}, { 'Retry-After': String(wait) })
    }
    if (method === 'GET') return toAnswer(await judge.peek(key), key, handles)
    // A page that means another session, or knows none yet, neither prolongs nor ends this one.
    const own = named !== undefined && handles.names(named, key)
    if (method === 'DELETE' && own) return signOut(key, id)
    const verdict = await judge.touch(key, own && method === 'POST' ? idleFor : null, id)
    const nothingThere = verdict.state === 'ended' && verdict.meta === null
    return method === 'DELETE' && nothingThere ? signedOut() : toAnswer(verdict, key, handles)
  }

  async function signOut(key: string, id: string): Promise<PlainAnswer> {
    const { ended, confirmed } = await store.end(key, 'signed-out')
    if (ended) hooks.ended(ended, { id, confirmed })
    // A failover could undo it: the page has to ask again until that is impossible.
    return confirmed ? signedOut(parts.clearCookie) : unavailable()
  }

  /** Everything that others answer, under one time limit. */
  async function outside<T>(ask: () => Promise<T>): Promise<T | PlainAnswer> {
    const given = await withinLimit(parts.timeLimit, ask)
    if (!isUnavailable(given)) return given
    hooks.emit({ type: 'store-down', error: given.unavailable })
    return unavailable()
  }

  return async (request) => {
    let given: PlainAnswer
    try {
      given = await answer(request)
    } catch (error) {
      hooks.emit({ type: 'failed', error })
      given = problem(500)
    }
    const { status } = given
    if (status >= 400 && status < 500 && status !== 401 && status !== 429)
      hooks.emit({ type: 'refused', status, method: request.method })
    return given
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
