import { delay, type HttpHandler, HttpResponse, http } from 'msw'
import { mergeRule, type SessionTimes } from '../protocol/mergeRule.js'
import { defaultPolicy, type Policy } from '../protocol/policy.js'
import type { EndReason, WireActive, WireEnded, WireRequest } from '../protocol/wire.js'

export interface MockServerOptions {
  /** Where the protocol is mounted. @default '/session-security' */
  url?: string
  /** What differs from the default limits, in ms. */
  policy?: Partial<Policy>
  /** How long the person has been idle already, in ms, to begin near a warning. @default 0 */
  idleFor?: number
  /** How old the session is already, in ms. @default `idleFor` */
  age?: number
  /** Who is signed in at first; `null` for nobody. @default 'ada' */
  subject?: string | null
}

/** How the server answers: as it should, with an error, or never. */
export type MockServerMood = 'well' | 'down' | 'silent'

export interface MockServer {
  /** For `setupWorker`, `setupServer` or Storybook's `msw.use`. */
  readonly handlers: HttpHandler[]
  /** Starts a new session, as a sign-in form would. */
  signIn(subject?: string): void
  /** Ends the session as an administrator, or time, would. */
  end(reason: EndReason): void
  behave(mood: MockServerMood): void
}

interface Sitting {
  readonly handle: string
  readonly subject: string
  times: SessionTimes
  ended: EndReason | null
}

/**
 * A small server of the protocol (`docs/protocol.md`) for tests and Storybook: one cookie jar, one
 * session at a time, the merge rule of the reference.
 */
export function mockServer(options: MockServerOptions = {}): MockServer {
  const { url = '/session-security', subject = 'ada', idleFor = 0 } = options
  const policy = { ...defaultPolicy, ...options.policy }
  const limits = {
    expireAfter: policy.expireAfter || null,
    absolute: policy.absoluteTimeout || null,
  }
  let sitting: Sitting | null = null
  let mood: MockServerMood = 'well'
  if (subject !== null) start(subject, idleFor, options.age ?? idleFor)

  function start(who: string, idle: number, age: number): void {
    const now = Date.now()
    const times = { created: now - age, last: now - idle, limits }
    sitting = { handle: crypto.randomUUID(), subject: handleFor(who), times, ended: null }
  }

  function end(reason: EndReason): void {
    if (sitting) sitting.ended ??= reason
  }

  function answer(request: WireRequest): HttpResponse<WireActive | WireEnded> {
    if (!sitting) return ended('unknown')
    if (!sitting.ended) {
      // Another session's report must not prolong this one.
      const idleFor = request.session === sitting.handle ? (request.idleForMs ?? null) : null
      const result = mergeRule(sitting.times, Date.now(), limits, idleFor)
      if (result.ended) sitting.ended = result.ended
      else sitting.times = result.times
    }
    if (sitting.ended === 'unknown') return ended('unknown')
    if (sitting.ended) return ended(sitting.ended, sitting.handle)
    return active(sitting)
  }

  function active({ handle, subject, times }: Sitting): HttpResponse<WireActive> {
    const now = Date.now()
    const idleMs = limits.expireAfter === null ? null : Math.max(0, now - times.last)
    const idleLeft = idleMs === null ? Infinity : (limits.expireAfter ?? Infinity) - idleMs
    const absoluteLeft = times.created + (limits.absolute ?? Infinity) - now
    const body: WireActive = {
      v: 1,
      state: 'active',
      at: now,
      session: handle,
      subject,
      idleMs,
      remainingMs: Math.min(idleLeft, absoluteLeft),
      absoluteRemainingMs: limits.absolute === null ? null : absoluteLeft,
      endsBy: idleLeft < absoluteLeft ? 'idle' : 'absolute',
      extendable: idleLeft < absoluteLeft,
      policy: {
        warnAfterMs: policy.warnAfter || null,
        expireAfterMs: limits.expireAfter,
        warnBeforeAbsoluteMs: limits.absolute && policy.warnBeforeAbsolute,
      },
    }
    return HttpResponse.json(body, { headers: commonHeaders })
  }

  /** DELETE, or a POST that says so. Only the session that is named ends. */
  function signOut(request: WireRequest): HttpResponse<WireActive | WireEnded> {
    if (sitting && request.session !== sitting.handle) return answer({ v: 1 })
    end('signed-out')
    return new HttpResponse(null, { status: 204, headers: commonHeaders })
  }

  return {
    handlers: [
      http.all(url, async ({ request }) => {
        if (mood === 'silent') await delay('infinite')
        if (mood === 'down') return problem(503, 'try-again-later', '', { 'Retry-After': '1' })
        if (request.method === 'GET') return answer({ v: 1 })
        if (request.method !== 'POST' && request.method !== 'DELETE')
          return problem(405, 'method-not-allowed', 'Use GET, POST or DELETE.', { Allow: methods })
        if (!request.headers.get('Content-Type')?.startsWith('application/json'))
          return problem(415, 'unsupported-media-type', 'The body has to be application/json.')
        const said = readRequest(await request.json().catch(() => null))
        if (!said) return problem(400, 'bad-request', 'This is no request of the protocol.')
        return request.method === 'DELETE' || said.signOut ? signOut(said) : answer(said)
      }),
    ],
    signIn: (who = 'ada') => start(who, 0, 0),
    end,
    behave(next) {
      mood = next
    },
  }
}

const methods = 'GET, POST, DELETE'

const commonHeaders = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

const problemType = (name: string) => `tag:react-session-security,2026:/${name}`

/** As long as the reference's handles, and readable in tests. */
const handleFor = (subject: string) => subject.replace(/[^\w-]/g, '-').padEnd(22, '-')

/** A body as the protocol wants it, or `null`. */
function readRequest(body: unknown): WireRequest | null {
  if (typeof body !== 'object' || body === null) return null
  const { v, session, idleForMs, signOut } = body as Record<string, unknown>
  const isReport = Number.isSafeInteger(idleForMs) && Number(idleForMs) >= 0
  const isRight =
    v === 1 &&
    (session === undefined || typeof session === 'string') &&
    (idleForMs === undefined || (isReport && signOut !== true)) &&
    (signOut === undefined || typeof signOut === 'boolean')
  return isRight ? (body as WireRequest) : null
}

function problem(status: number, name: string, detail: string, headers = {}) {
  const title = name.replaceAll('-', ' ')
  return HttpResponse.json(
    { type: problemType(name), title, status, ...(detail !== '' && { detail }) },
    {
      status,
      headers: { ...commonHeaders, 'Content-Type': 'application/problem+json', ...headers },
    },
  )
}

function ended(reason: EndReason, session?: string): HttpResponse<WireEnded> {
  const body: WireEnded = {
    type: problemType('session-ended'),
    title: 'Session ended',
    status: 401,
    v: 1,
    state: 'ended',
    reason,
    ...(session === undefined ? {} : { session }),
  }
  return HttpResponse.json(body, {
    status: 401,
    headers: {
      ...commonHeaders,
      'Content-Type': 'application/problem+json',
      'WWW-Authenticate': 'Session realm="session-security"',
    },
  })
}
