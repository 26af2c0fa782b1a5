import { createHmac, timingSafeEqual } from 'node:crypto'
import { parseCookie } from 'cookie'
import { collectMistakes } from '../../src/options/optionMistakes.js'
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

/**
 * Finds the session id in a cookie, as the `cookie` package reads it, and so Express and Fastify.
 *
 * @throws where `signedWith` is given without a secret: a variable that is not set would else read
 *   the cookie as an unsigned one.
 */
export function cookieSession(name: string, options: CookieSessionOptions = {}) {
  const secrets = secretsOf(options)
  return ({ headers }: SessionRequest): string | null | typeof ambiguous => {
    const cookies = headers.get('cookie')
    if (cookies === null) return null
    const value = parseCookie(cookies)[name]
    if (value === undefined) return null
    if (hasAnother(cookies, name)) return ambiguous
    return secrets ? unsign(value, secrets) : value
  }
}

function secretsOf(options: CookieSessionOptions): string[] | null {
  if (!('signedWith' in options)) return null
  const secrets = [options.signedWith].flat()
  if (secrets.length > 0 && secrets.every(isSecret)) return secrets
  const mistakes = collectMistakes('cookieSession')
  const rule =
    'must be the secret that signs the cookie, or a list of them (is a variable not set?)'
  mistakes.add('signedWith', rule, options.signedWith, true)
  return mistakes.check() as never
}

const isSecret = (secret: unknown): secret is string => typeof secret === 'string' && secret !== ''

/**
 * Is there a second cookie of this name with another value? Parsers disagree on which one counts.
 * Each part is read by the same parser, so that spaces and tabs around a name hide nothing.
 */
function hasAnother(cookies: string, name: string): boolean {
  // The usual case: the name is there once.
  if (cookies.indexOf(name) === cookies.lastIndexOf(name)) return false
  let first: string | undefined
  for (const part of cookies.split(';')) {
    const value = parseCookie(part, asItIs)[name]
    if (value === undefined) continue
    first ??= value
    if (value !== first) return true
  }
  return false
}

const asItIs = { decode: (value: string) => value }

/** Base64 of a SHA-256 HMAC, without and with its padding. */
const signatureLengths = [43, 44]

function unsign(value: string, secrets: readonly string[]): string | null {
  const signed = value.startsWith('s:') ? value.slice(2) : value
  const dot = signed.lastIndexOf('.')
  // The length first: whatever is longer is not worth any work.
  if (dot < 1 || !signatureLengths.includes(signed.length - dot - 1)) return null
  const id = signed.slice(0, dot)
  const given = Buffer.from(signed.slice(dot + 1))
  for (const secret of secrets) {
    const own = Buffer.from(createHmac('sha256', secret).update(id).digest('base64'))
    const right = own.subarray(0, given.length)
    if (right.length === given.length && timingSafeEqual(right, given)) return id
  }
  return null
}
