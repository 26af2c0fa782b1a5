import { unknownAnswer } from '../browser/requests/unknownAnswer.js'
import type { AskRequest, Transport } from '../protocol/transport.js'
import type { Verdict } from '../protocol/verdict.js'
import { checkDjangoOptions } from './checkDjangoOptions.js'

export interface DjangoTransportOptions {
  /** Address of django-session-security's `PingView`: `'/session_security/ping/'`. */
  pingUrl: string
  /**
   * How `signOut()` ends Django's session. Without it, Django keeps the session until its idle
   * limit, so leave it out only if the app signs out of Django itself.
   */
  signOut?: DjangoSignOut
  /** @default 'same-origin' */
  credentials?: RequestCredentials
  /** @default the global `fetch`, looked up for each request */
  fetch?: typeof fetch
}

export interface DjangoSignOut {
  /** Exact address of Django's `LogoutView`: a redirect would lose the POST. */
  url: string
  /** Django's CSRF token, or a function that reads it, because a sign-in changes it. */
  csrfToken: string | (() => string)
}

/**
 * For PingView an idle time is always less than a day, so this report (in seconds) extends nothing.
 */
const longAgoSeconds = 86_400

/**
 * A transport for django-session-security (`docs/django.md`). Its answers contain neither policy
 * nor person. So give the session the `policy` of Django's settings, and `subject`; without
 * `subject`, the page reloads after each new sign-in.
 *
 * @throws one error with the code `invalid-options` that names every mistake and the value received.
 */
export function djangoTransport(options: DjangoTransportOptions): Transport {
  checkDjangoOptions(options)
  const { pingUrl, signOut, credentials = 'same-origin' } = options

  function send(url: string, init: RequestInit): Promise<Response> {
    const request = options.fetch ?? fetch
    // Don't follow a redirect: it most likely leads to a sign-in page.
    return request(url, { ...init, credentials, cache: 'no-store', redirect: 'manual' })
  }

  async function ask({ idleFor, keepalive = false, signal }: AskRequest): Promise<Verdict> {
    // Django counts a ping without `idleFor` as activity, so a request that reports nothing sends a
    // time that extends nothing. A report is rounded down, so that Django's session ends after the
    // page's, not before.
    const idleSeconds = idleFor === undefined ? longAgoSeconds : Math.floor(idleFor / 1_000)
    const separator = pingUrl.includes('?') ? '&' : '?'
    const url = `${pingUrl}${separator}idleFor=${idleSeconds}`
    return verdictOf(await send(url, { method: 'GET', signal, keepalive }), idleFor)
  }

  async function end({ url, csrfToken }: DjangoSignOut, signal: AbortSignal): Promise<void> {
    const token = typeof csrfToken === 'function' ? csrfToken() : csrfToken
    const headers = { 'X-CSRFToken': token }
    const { status } = await send(url, { method: 'POST', headers, signal, keepalive: true })
    // Django may answer with a redirect whether it signed out or not. Only PingView can tell.
    const verdict = await ask({ signal })
    if (verdict.state !== 'ended') {
      throw new Error(`Django answered the sign-out with ${status} and has not confirmed it.`)
    }
  }

  return { ask, ...(signOut && { end: ({ signal }) => end(signOut, signal) }) }
}

async function verdictOf(response: Response, reported?: number): Promise<Verdict> {
  // Django gives no reason. `unknown` makes the page ask once more: the cookie may be an old one.
  if (response.status === 401) return { state: 'ended', reason: 'unknown' }
  if (response.status !== 200) return unknownAnswer(response)
  const answer: unknown = await response.json()
  if (answer === 'logout') return { state: 'ended', reason: 'unknown' }
  if (typeof answer !== 'number' || !Number.isSafeInteger(answer) || answer < 0) {
    return { state: 'unknown' }
  }
  // Django rounds down, so the idle time may be almost a second longer.
  const atMost = (answer + 1) * 1_000
  // If it answers with what this request has reported, use the exact value: rounding must not move
  // the deadline.
  const same = reported !== undefined && answer * 1_000 <= reported && reported < atMost + 1_000
  return { state: 'active', idle: same ? reported : atMost }
}
