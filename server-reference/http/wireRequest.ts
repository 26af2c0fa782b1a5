import type { WireRequest } from '../../src/protocol/wire.js'
import { type Awaitable, whenReady } from '../async/awaitable.js'
import type { Body, PlainAnswer, PlainRequest, SessionRequest } from './plain.js'
import { refuse, shown } from './problem.js'

const maxBytes = 1_024

/** The check that needs no body. It refuses a request before its body is read. */
export function refuseMedia({ headers }: SessionRequest): PlainAnswer | null {
  const type = headers.get('content-type')
  if (type?.split(';', 1)[0]?.trim().toLowerCase() !== 'application/json') {
    const detail = `Content-Type is ${shown(type)}; it has to be "application/json".`
    return refuse(415, 'media-type', detail, { accepts: 'application/json' })
  }
  const encoding = headers.get('content-encoding')
  if (encoding !== null && encoding.toLowerCase() !== 'identity')
    return refuse(
      415,
      'content-encoding',
      `Content-Encoding is ${shown(encoding)}; the body has to come as it is.`,
    )
  const length = headers.get('content-length')
  return length !== null && !(Number(length) <= maxBytes)
    ? tooLarge(`Content-Length is ${shown(length)}`)
    : null
}

/** Reads the body of POST and DELETE, or returns the answer that refuses it. */
export function readWireRequest(request: PlainRequest, withinMs: number): Awaitable<Read> {
  return whenReady(request.readBody(maxBytes, withinMs), (body) => {
    if (body === 'too-large') return { refusal: tooLarge('The body is longer') }
    if (body === 'too-slow') return { refusal: tooSlow(withinMs) }
    if (body === 'gone') return { refusal: { ...bad('', 'The body was cut short.'), close: true } }
    return check(parse(body))
  })
}

type Read = { said: WireRequest } | { refusal: PlainAnswer }

function tooLarge(what: string): PlainAnswer {
  const detail = `${what}; at most ${maxBytes} bytes are read.`
  return { ...refuse(413, 'body-too-large', detail, { maxBytes }), close: true }
}

function tooSlow(withinMs: number): PlainAnswer {
  const detail = `The body was not complete within ${withinMs} ms.`
  return { ...refuse(408, 'body-too-slow', detail), close: true }
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
  const { v, session, idleForMs, signOut } = value as Record<string, unknown>
  if (v !== 1) return { refusal: bad('/v', 'Unsupported version.', { supported: [1] }) }
  if (session !== undefined && typeof session !== 'string')
    return { refusal: bad('/session', 'A session handle is a string.') }
  if (idleForMs !== undefined && !isReport(idleForMs))
    return { refusal: bad('/idleForMs', 'idleForMs is a whole number from 0 to 2^53-1.') }
  if (signOut !== undefined && typeof signOut !== 'boolean')
    return { refusal: bad('/signOut', 'signOut is true or false.') }
  if (signOut === true && idleForMs !== undefined)
    return { refusal: bad('/idleForMs', 'A sign-out reports no activity.') }
  return {
    said: {
      v: 1,
      ...(session !== undefined && { session }),
      ...(idleForMs !== undefined && { idleForMs }),
      ...(signOut !== undefined && { signOut }),
    },
  }
}

const isReport = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0

const bad = (pointer: string, detail: string, members: Record<string, unknown> = {}) =>
  refuse(400, 'body', detail, { pointer, ...members })
