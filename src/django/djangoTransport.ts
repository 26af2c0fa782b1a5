import { unknownAnswer } from '../browser/requests/unknownAnswer.js'
import type { AskRequest, Transport } from '../protocol/transport.js'
import type { Verdict } from '../protocol/verdict.js'
import { checkDjangoOptions } from './checkDjangoOptions.js'

export interface DjangoTransportOptions {
  /** Address of django-session-security's `PingView`: `'/session_security/ping/'`. */
  pingUrl: string
  /**
   * How `signOut()` ends Django's session. Without it Django keeps the session until it is idle for
   * too long: leave it out only where the app signs out by other means.
   */
  signOut?: DjangoSignOut
  /** @default 'same-origin' */
  credentials?: RequestCredentials
  /** @default the global `fetch`, looked up for each request */
  fetch?: typeof fetch
}

export interface DjangoSignOut {
  /** Address of Django's `LogoutView`, exactly: a redirect would lose the POST. */
  url: string
  /** Django's CSRF token, or how to read it: a sign-in changes the one in the cookie. */
  csrfToken: string | (() => string)
}

/** PingView counts whole seconds within a day, so nothing it knows of is older than this. */
const longAgo = 86_400

/**
 * Speaks to django-session-security (`docs/django.md`). Its answers know neither policy nor person:
 * give `policy` as Django's settings have it, and `subject`, or another sign-in loads the page anew.
 *
 * @throws one error with the code `invalid-options` that names every mistake and the value received.
 */
export function djangoTransport(options: DjangoTransportOptions): Transport {
  checkDjangoOptions(options)
  const { pingUrl, signOut, credentials = 'same-origin' } = options

  function send(url: string, init: RequestInit): Promise<Response> {
    const request = options.fetch ?? fetch
    // A redirect is no answer: most likely it leads to a sign-in page.
    return request(url, { ...init, credentials, cache: 'no-store', redirect: 'manual' })
  }

  async function ask({ idleFor, keepalive = false, signal }: AskRequest): Promise<Verdict> {
    // A ping without idleness counts as activity: a mere look reports what can extend nothing. A
    // report is rounded down, so that Django's session outlives the page's and not the reverse.
    const idleSeconds = idleFor === undefined ? longAgo : Math.floor(idleFor / 1_000)
    const separator = pingUrl.includes('?') ? '&' : '?'
    const url = `${pingUrl}${separator}idleFor=${idleSeconds}`
    return verdictOf(await send(url, { method: 'GET', signal, keepalive }), idleFor)
  }

  async function end({ url, csrfToken }: DjangoSignOut, signal: AbortSignal): Promise<void> {
    const token = typeof csrfToken === 'function' ? csrfToken() : csrfToken
    const headers = { 'X-CSRFToken': token }
    const { status } = await send(url, { method: 'POST', headers, signal, keepalive: true })
    // Signed out or not, Django may answer with a redirect: only PingView's word counts.
    const verdict = await ask({ signal })
    if (verdict.state !== 'ended') {
      throw new Error(`The sign-out was answered with ${status}, and Django has not confirmed it.`)
    }
  }

  return { ask, ...(signOut && { end: ({ signal }) => end(signOut, signal) }) }
}

async function verdictOf(response: Response, reported?: number): Promise<Verdict> {
  // It can't tell why: the end of an old cookie's session is asked about once more.
  if (response.status === 401) return { state: 'ended', reason: 'unknown' }
  if (response.status !== 200) return unknownAnswer(response)
  const answer: unknown = await response.json()
  if (answer === 'logout') return { state: 'ended', reason: 'unknown' }
  if (typeof answer !== 'number' || !Number.isSafeInteger(answer) || answer < 0) {
    return { state: 'unknown' }
  }
  // Rounded down by Django: perhaps almost a second more.
  const atMost = (answer + 1) * 1_000
  // But what it was just told is known better here, and its rounding must not move the deadline.
  const same = reported !== undefined && answer * 1_000 <= reported && reported < atMost + 1_000
  return { state: 'active', idle: same ? reported : atMost }
}
