import type { PlainAnswer } from './plain.js'

/** On every answer of the endpoint, whatever it says. */
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
  413: 'Body too large',
  415: 'Unsupported media type',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Try again later',
} as const

export type ProblemStatus = keyof typeof titles

/** The RFC 9457 `type` of a problem: a name, not an address. */
export const problemType = (name: string) => `tag:react-session-security,2026:/${name}`

/** A refusal. It says nothing about sessions, so it may be given to anyone. */
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
