import { createHmac, timingSafeEqual } from 'node:crypto'
import type { SessionRequest } from './plain.js'

/** Two different session cookies in one request: nobody can say whose it is. */
export const ambiguous: unique symbol = Symbol('two differing session cookies')

export interface CookieSessionOptions {
  /**
   * The secrets of express-session or @fastify/session, where those sign the cookie (`s:id.signature`
   * or `id.signature`). The session id is then the part before the signature; a wrong signature is
   * no session.
   * @default unsigned
   */
  signedWith?: string | readonly string[]
}

/** Finds the session id in a cookie. */
export function cookieSession(name: string, { signedWith }: CookieSessionOptions = {}) {
  const secrets = signedWith === undefined ? null : [signedWith].flat()
  const start = `${name}=`
  return ({ headers }: SessionRequest): string | null | typeof ambiguous => {
    const cookies = headers.get('cookie')
    if (cookies === null) return null
    let found: string | null = null
    for (const part of cookies.split(';')) {
      const cookie = part.trim()
      if (!cookie.startsWith(start)) continue
      const value = cookie.slice(start.length)
      if (found !== null && found !== value) return ambiguous
      found = value
    }
    if (found === null) return null
    const id = decode(found)
    return secrets ? unsign(id, secrets) : id
  }
}

function decode(value: string): string {
  if (!value.includes('%')) return value
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

function unsign(value: string, secrets: readonly string[]): string | null {
  const signed = value.startsWith('s:') ? value.slice(2) : value
  const dot = signed.lastIndexOf('.')
  if (dot < 1) return null
  const id = signed.slice(0, dot)
  const given = Buffer.from(signed.slice(dot + 1).replace(/=+$/, ''))
  for (const secret of secrets) {
    const own = Buffer.from(
      createHmac('sha256', secret).update(id).digest('base64').replace(/=+$/, ''),
    )
    if (own.length === given.length && timingSafeEqual(own, given)) return id
  }
  return null
}
