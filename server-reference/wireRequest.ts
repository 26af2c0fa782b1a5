import type { WireRequest } from '../src/core/wire.js'
import { type Awaitable, after } from './awaitable.js'
import type { Body, PlainAnswer, PlainRequest, SessionRequest } from './plain.js'
import { problem } from './problem.js'

const maxBytes = 1_024

/** The check that needs no body: refused before a byte of it is read. */
export function refuseMedia({ headers }: SessionRequest): PlainAnswer | null {
  const media = headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
  if (media !== 'application/json') return problem(415, { accepts: 'application/json' })
  const encoding = headers.get('content-encoding')
  if (encoding !== null && encoding.toLowerCase() !== 'identity')
    return problem(415, { detail: 'No content encoding is understood here.' })
  const length = headers.get('content-length')
  return length !== null && !(Number(length) <= maxBytes) ? tooLarge() : null
}

/** The body of POST and DELETE, or the answer that refuses it. */
export function readWireRequest(request: PlainRequest, withinMs: number): Awaitable<Read> {
  return after(request.readBody(maxBytes, withinMs), (body) => {
    if (body === 'too-large') return { refusal: tooLarge() }
    if (body === 'too-slow') return { refusal: { ...problem(408), close: true } }
    if (body === 'gone') return { refusal: { ...bad('', 'The body was cut short.'), close: true } }
    return check(parse(body))
  })
}

type Read = { said: WireRequest } | { refusal: PlainAnswer }

function tooLarge(): PlainAnswer {
  return { ...problem(413, { maxBytes }), close: true }
}

function parse(body: Exclude<Body, string>): unknown {
  if ('parsed' in body) return body.parsed
  try {
    return JSON.parse(body.text)
  } catch {
    return undefined
  }
}

function check(value: unknown): Read {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { refusal: bad('', 'The body has to be a JSON object.') }
  const { v, session, idleForMs } = value as Record<string, unknown>
  if (v !== 1)
    return {
      refusal: problem(400, { pointer: '/v', detail: 'Unsupported version.', supported: [1] }),
    }
  if (session !== undefined && typeof session !== 'string')
    return { refusal: bad('/session', 'A session handle is a string.') }
  if (idleForMs !== undefined && !isReport(idleForMs))
    return { refusal: bad('/idleForMs', 'idleForMs is a whole number from 0 to 2^53-1.') }
  return {
    said: {
      v: 1,
      ...(session !== undefined && { session }),
      ...(idleForMs !== undefined && { idleForMs }),
    },
  }
}

const isReport = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0

const bad = (pointer: string, detail: string) => problem(400, { pointer, detail })
