import type { WireActive } from '../src/core/wire.js'
import { toAnswer, toWire, unknownSession } from './answers.js'
import { ambiguous } from './cookieSession.js'
import { keyOf } from './handles.js'
import type { Verdict } from './judge.js'
import type { Parts } from './parts.js'
import type { PlainAnswer, SessionRequest } from './plain.js'
import { problem } from './problem.js'
import { isUnavailable, withinLimit } from './withinLimit.js'

/** What the guard of the app's own routes says on plain values. */
export interface PlainGuarded {
  /** To be given instead of the app's own answer; `null` where the session lives. */
  answer: PlainAnswer | null
  /** To be added to the app's own answer. */
  headers: Record<string, string>
  /** The session in the words of the wire, fit for `initialSession`. */
  active: WireActive | null
}

/** Lets only living sessions pass. It looks, and counts nothing unless the app asked for that. */
export function createGuard(parts: Parts): (request: SessionRequest) => Promise<PlainGuarded> {
  const { judge, handles, hooks, requests } = parts

  async function verdictFor(key: string, id: string, request: SessionRequest): Promise<Verdict> {
    const seen = await judge.peek(key)
    // The end is written down, and onEnd told, by whoever meets it.
    if (seen.state === 'ended') return seen.meta === null ? seen : judge.touch(key, null, id)
    const counts = requests.countAs === 'activity' && seen.idle >= requests.writeGrace
    return counts && !isPassive(request, requests.passive) ? judge.touch(key, 0, id) : seen
  }

  async function judged(request: SessionRequest): Promise<PlainGuarded> {
    const id = await parts.resolve(request)
    if (id === ambiguous) return refused(problem(400, { detail: 'Two differing session cookies.' }))
    if (!id) return refused(dead(request, unknownSession, 'unknown'))
    const key = keyOf(id)
    const verdict = await verdictFor(key, id, request)
    if (verdict.state === 'ended')
      return refused(dead(request, toAnswer(verdict, key, handles), verdict.reason))
    const active = toWire(verdict, key, handles)
    return { answer: null, active, headers: sessionHeaders(active, verdict.idle) }
  }

  function dead(request: SessionRequest, answer: PlainAnswer, reason: string): PlainAnswer {
    const { signIn } = parts
    if (signIn === undefined || !isNavigation(request)) return answer
    const returnTo = request.method === 'GET' ? pathOf(request.url) : null
    const location =
      typeof signIn === 'function' ? signIn({ returnTo, reason }) : withWayBack(signIn, returnTo)
    return {
      status: 303,
      headers: {
        'Cache-Control': 'no-store',
        Location: location.replace(/[^!-~]/gu, encodeURIComponent),
      },
      body: '',
    }
  }

  return async (request) => {
    const given = await withinLimit(parts.timeLimit, () => judged(request))
    if (!isUnavailable(given)) return given
    hooks.emit({ type: 'store-down', error: given.unavailable })
    return refused(problem(503, {}, { 'Retry-After': '1' }))
  }
}

const refused = (answer: PlainAnswer): PlainGuarded => ({ answer, headers: {}, active: null })

/** A page learns its deadline from any answer. Seconds, one decimal, rounded to the early side. */
function sessionHeaders(active: WireActive, idle: number): Record<string, string> {
  return {
    'Cache-Control': 'no-store',
    'Session-Expires-In': (Math.floor(active.remainingMs / 100) / 10).toFixed(1),
    'Session-Idle': (Math.ceil(idle / 100) / 10).toFixed(1),
    'Session-Handle': active.session,
  }
}

function isPassive(request: SessionRequest, routes: Parts['requests']['passive']): boolean {
  if (request.headers.get('x-session-passive') === '1') return true
  // Another site's link or image is nobody's activity here.
  const site = request.headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return true
  const path = pathOf(request.url).split('?', 1)[0] ?? '/'
  return routes.some((route) => {
    if (typeof route === 'string') return route === path
    return typeof route === 'function' ? route(request) : path.search(route) >= 0
  })
}

function isNavigation({ method, headers }: SessionRequest): boolean {
  const mode = headers.get('sec-fetch-mode')
  if (mode !== null) return mode === 'navigate'
  return method === 'GET' && (headers.get('accept')?.includes('text/html') ?? false)
}

/** Path and query on this site: one slash ahead, or `//elsewhere.example` would lead away. */
function pathOf(url: string): string {
  const path = /^https?:\/\/[^/?#]*(.*)$/i.exec(url)?.[1] ?? url
  return `/${path.replace(/^[/\\]+/, '')}`
}

function withWayBack(signIn: string, returnTo: string | null): string {
  if (returnTo === null) return signIn
  return `${signIn}${signIn.includes('?') ? '&' : '?'}returnTo=${encodeURIComponent(returnTo)}`
}
