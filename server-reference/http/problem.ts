import type { RefusalRule } from '../session/refusal.js'
import type { PlainAnswer } from './plain.js'

/** The headers of every answer of the endpoint. */
export const commonHeaders = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

const titles = {
  400: 'Bad request',
  403: 'Forbidden',
  405: 'Method not allowed',
  408: 'Request too slow',
  409: 'Another person',
  413: 'Body too large',
  415: 'Unsupported media type',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Try again later',
} as const

export type ProblemStatus = keyof typeof titles

/** The RFC 9457 `type` of a problem: a name, not an address. */
export const problemType = (name: string) => `tag:react-session-security,2026:/${name}`

/** An answer that says what went wrong. It says nothing about sessions, so anybody may see it. */
export function problem(
  status: ProblemStatus,
  members: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): PlainAnswer {
  const title = titles[status]
  const type = problemType(title.toLowerCase().replaceAll(' ', '-'))
  return {
    status,
    headers: { ...commonHeaders, 'Content-Type': 'application/problem+json', ...headers },
    body: JSON.stringify({ type, title, status, ...members }),
  }
}

/** The store, or a callback of the app, did not answer. The client should retry soon. */
export const unavailable = () => problem(503, {}, { 'Retry-After': '1' })

/** An answer that refuses a request. The reason is in the answer and in the audit log. */
export function refuse(
  status: ProblemStatus,
  rule: RefusalRule,
  detail: string,
  members: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): PlainAnswer {
  return {
    ...problem(status, { detail, ...members }, headers),
    refusal: { rule, detail },
  }
}

export const ambiguousCookie = () =>
  refuse(
    400,
    'ambiguous-cookie',
    'The request has two session cookies of the same name with different values, so nobody can say ' +
      'whose it is. One is left over from another path or domain: clear it there.',
  )

/** A header's value in a refusal. It is cut off, because clients may send anything. */
export const shown = (value: string | null) =>
  value === null ? 'absent' : JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}…` : value)
