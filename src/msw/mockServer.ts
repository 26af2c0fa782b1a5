import { delay, type HttpHandler, HttpResponse, http } from 'msw'
import { mergeRule, type SessionTimes } from '../protocol/mergeRule.js'
import { defaultPolicy, type Policy } from '../protocol/policy.js'
import type { EndReason, WireActive, WireEnded, WireRequest } from '../protocol/wire.js'

export interface MockServerOptions {
  /** Address of the protocol's endpoint. @default '/session-security' */
  url?: string
  /** Limits that differ from the default ones, in ms. */
  policy?: Partial<Policy>
  /**
   * How long the user has been idle at the start, in ms. Use it to start near a warning. @default 0
   */
  idleFor?: number
  /** How old the session is at the start, in ms. @default `idleFor` */
  age?: number
  /** Who is signed in at the start; `null` for nobody. @default 'ada' */
  subject?: string | null
}

/** How the server answers: as it should (`well`), with a 503 (`down`), or never (`silent`). */
export type MockServerMood = 'well' | 'down' | 'silent'

export interface MockServer {
  /** For `setupWorker`, `setupServer` or Storybook's `msw.use`. */
  readonly handlers: HttpHandler[]
  /** Starts a new session, as a sign-in form would. */
  signIn(subject?: string): void
  /** Ends the session for this reason. */
  end(reason: EndReason): void
  /** Changes how the server answers from now on. */
  behave(mood: MockServerMood): void
}

interface MockSession {
  readonly handle: string
  readonly subject: string
  times: SessionTimes
  ended: EndReason | null
}

/**
 * A small server of the protocol (`docs/protocol.md`) for tests and Storybook. It has one cookie
 * jar and one session at a time, and uses the merge rule of the server reference.
 */
export function mockServer(options: MockServerOptions = {}): MockServer {
  const { url = '/session-security', subject = 'ada', idleFor = 0 } = options
  const policy = { ...defaultPolicy, ...options.policy }
  const limits = {
    expireAfter: policy.expireAfter || null,
    absolute: policy.absoluteTimeout || null,
  }
  let current: MockSession | null = null
  let mood: MockServerMood = 'well'
  if (subject !== null) start(subject, idleFor, options.age ?? idleFor)

  function start(who: string, idle: number, age: number): void {
    const now = Date.now()
    const times = { created: now - age, last: now - idle, limits }
    current = { handle: crypto.randomUUID(), subject: handleFor(who), times, ended: null }
  }

  function end(reason: EndReason): void {
    if (current) current.ended ??= reason
  }

  function answer(request: WireRequest): HttpResponse<WireActive | WireEnded> {
    if (!current) return ended('unknown')
    if (!current.ended) {
      // A report for another session must not extend this one.
      const idleFor = request.session === current.handle ? (request.idleForMs ?? null) : null
      const result = mergeRule(current.times, Date.now(), limits, idleFor)
      if (result.ended) current.ended = result.ended
      else current.times = result.times
    }
    if (current.ended === 'unknown') return ended('unknown')
    if (current.ended) return ended(current.ended, current.handle)
    return active(current)
  }

  function active({ handle, subject, times }: MockSession): HttpResponse<WireActive> {
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

  /** DELETE, or a POST with `signOut`. Ends only the session that the request names. */
  function signOut(request: WireRequest): HttpResponse<WireActive | WireEnded> {
    if (current && request.session !== current.handle) return answer({ v: 1 })
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
          return problem(415, 'unsupported-media-type', 'The body must be application/json.')
        const body = readRequest(await request.json().catch(() => null))
        if (!body) return problem(400, 'bad-request', 'The body is not a request of the protocol.')
        return request.method === 'DELETE' || body.signOut ? signOut(body) : answer(body)
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

/** As long as the handles of the server reference, but readable in tests. */
const handleFor = (subject: string) => subject.replace(/[^\w-]/g, '-').padEnd(22, '-')

/** The body of a request, or `null` if it breaks the protocol. */
function readRequest(body: unknown): WireRequest | null {
  if (typeof body !== 'object' || body === null) return null
  const { v, session, idleForMs, signOut } = body as Record<string, unknown>
  const isReport = Number.isSafeInteger(idleForMs) && Number(idleForMs) >= 0
  const isValid =
    v === 1 &&
    (session === undefined || typeof session === 'string') &&
    (idleForMs === undefined || (isReport && signOut !== true)) &&
    (signOut === undefined || typeof signOut === 'boolean')
  return isValid ? (body as WireRequest) : null
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
