import { safePath } from '../../src/protocol/safePath.js'
import type { HttpOptions } from './httpOptions.js'
import type { PlainAnswer, SessionRequest } from './plain.js'

/** What is known about the missing session of a navigation. */
export interface MissingSession {
  reason: string
  /** The handle of the person whose session it was; `null` if unknown. */
  subject: string | null
}

/** The redirect to the sign-in page for a navigation; `null` for any other request. */
export function sendToSignIn(
  signIn: HttpOptions['signIn'],
  request: SessionRequest,
  { reason, subject }: MissingSession,
): PlainAnswer | null {
  if (signIn === undefined || !isNavigation(request)) return null
  // No way back after a sign-out: the next person who signs in is often another one.
  const hasWayBack = request.method === 'GET' && reason !== 'signed-out' && reason !== 'replaced'
  const returnTo = hasWayBack ? safePath(request.url) : null
  const returnFor = returnTo === null ? null : subject
  const location =
    typeof signIn === 'function'
      ? signIn({ returnTo, returnFor, reason })
      : withQuery(signIn, { returnTo, returnFor })
  return {
    status: 303,
    headers: {
      'Cache-Control': 'no-store',
      Location: location.replace(/[^!-~]/gu, encodeURIComponent),
    },
    body: '',
  }
}

function isNavigation({ method, headers }: SessionRequest): boolean {
  const mode = headers.get('sec-fetch-mode')
  if (mode !== null) return mode === 'navigate'
  return method === 'GET' && (headers.get('accept')?.includes('text/html') ?? false)
}

function withQuery(address: string, query: Record<string, string | null>): string {
  const [page = '', ...fragment] = address.split(/(?=#)/)
  const added = Object.entries(query)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`)
  if (added.length === 0) return address
  return `${page}${page.includes('?') ? '&' : '?'}${added.join('&')}${fragment.join('')}`
}
