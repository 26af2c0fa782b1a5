import type { Refusal } from '../session/refusal.js'

/**
 * What callbacks get to see of a request. A web `Request` is one; so is what `toNodeHandler` makes
 * of a Node request, without building web objects on the way.
 */
export interface SessionRequest {
  method: string
  /** As received: path and query, or the full address. */
  url: string
  headers: { get(name: string): string | null }
}

/** A body as it arrived: its text, or what a body parser before us made of it. */
export type Body = { text: string } | { parsed: unknown } | 'too-large' | 'too-slow' | 'gone'

/** A request on plain values: what each adapter makes of its own kind. */
export interface PlainRequest extends SessionRequest {
  readBody(maxBytes: number, withinMs: number): Body | Promise<Body>
}

/** An answer on plain values. */
export interface PlainAnswer {
  status: number
  /** A list is a header that comes more than once, as `Set-Cookie` may. */
  headers: Record<string, string | string[]>
  body: string
  /** For the audit log: which rule gave this answer. */
  refusal?: Refusal
  /** What the client still sends is not worth waiting for: close the connection. */
  close?: boolean
}
