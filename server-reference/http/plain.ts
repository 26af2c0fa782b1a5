import type { Refusal } from '../session/refusal.js'

/**
 * A request as callbacks see it. A web `Request` is one, and so is what `toNodeHandler` makes of
 * a Node request without creating web objects.
 */
export interface SessionRequest {
  method: string
  /** As received: path and query, or the full address. */
  url: string
  headers: { get(name: string): string | null }
}

/** A body: its text, or the result of a body parser that ran before. */
export type Body = { text: string } | { parsed: unknown } | 'too-large' | 'too-slow' | 'gone'

/** A request as plain values. Each adapter makes it from its own kind of request. */
export interface PlainRequest extends SessionRequest {
  readBody(maxBytes: number, withinMs: number): Body | Promise<Body>
}

/** An answer as plain values. */
export interface PlainAnswer {
  status: number
  /** A list is a header that is sent more than once, such as `Set-Cookie`. */
  headers: Record<string, string | string[]>
  body: string
  /** For the audit log: which rule gave this answer. */
  refusal?: Refusal
  /** Close the connection, without waiting for the rest of the request. */
  close?: boolean
}
