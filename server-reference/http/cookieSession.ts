import { createHmac, timingSafeEqual } from 'node:crypto'
import { parseCookie } from 'cookie'
import { collectMistakes } from '../../src/options/optionMistakes.js'
import type { SessionRequest } from './plain.js'

/** A request has two different session cookies, so it is unknown whose it is. */
export const ambiguous: unique symbol = Symbol('two differing session cookies')

export interface CookieSessionOptions {
  /**
   * The secrets of express-session or @fastify/session, if those sign the cookie
   * (`s:id.signature` or `id.signature`). The session id is the part before the signature. With a
   * wrong signature there is no session.
   * @default unsigned
   */
  signedWith?: string | readonly string[]
}

/**
 * Finds the session id in a cookie. It uses the `cookie` package, as Express and Fastify do.
 *
 * @throws if `signedWith` is given without a secret. Otherwise an unset variable would make it
 * read the cookie as unsigned.
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
 * Is there a second cookie with this name and another value? Parsers disagree on which one
 * counts. Each part is read by the same parser, so that spaces and tabs around a name hide
 * nothing.
 */
function hasAnother(cookies: string, name: string): boolean {
  // The usual case: the name occurs once.
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
  // Check the length first, so that a long value costs no work.
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
