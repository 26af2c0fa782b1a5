import { randomBytes } from 'node:crypto'
import {
  cookieSession,
  createSessionSecurity,
  memoryStore,
  type Options,
  type SessionEvent,
  type SessionSecurity,
} from '../../../server-reference/index.js'
import type { Asked, Caller } from './callers.js'

export const minute = 60_000

export const policy = {
  warnAfter: 13 * minute,
  expireAfter: 15 * minute,
  absoluteTimeout: 8 * 60 * minute,
}

export interface World {
  security: SessionSecurity
  events: SessionEvent[]
  ended: { id: string; subject: string; reason: string }[]
  /** Lets time pass, on the store's clock. */
  pass(ms: number): void
}

/** A handler on the memory store, with a clock of its own and everything it tells written down. */
export function world(options: Partial<Options> = {}): World {
  let time = 1_000_000
  const events: SessionEvent[] = []
  const ended: World['ended'] = []
  const security = createSessionSecurity({
    store: memoryStore({ now: () => time }),
    secret: 'a secret that is long enough, really',
    policy,
    resolve: cookieSession('sid'),
    onEvent: (event) => events.push(event),
    onEnd: ({ id, subject }, reason) => ended.push({ id, subject, reason }),
    sweepEvery: false,
    ...options,
  })
  const pass = (ms: number) => {
    time += ms
  }
  return { security, events, ended, pass }
}

export const freshId = () => randomBytes(16).toString('base64url')

/** The requests that a page of the app makes with somebody's cookie. */
export function page(caller: Caller, id: string | null, extra: Record<string, string> = {}) {
  const headers: Record<string, string> = {
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
    ...(id !== null && { cookie: `sid=${id}` }),
    ...extra,
  }
  const send = (method: string, body: object) =>
    caller.ask({ method, headers, body: JSON.stringify({ v: 1, ...body }) } satisfies Asked)
  return {
    observe: (session?: string) => send('POST', { ...(session && { session }) }),
    report: (idleForMs: number, session: string) => send('POST', { session, idleForMs }),
    signOut: (session?: string) => send('DELETE', { ...(session && { session }) }),
    get: () => caller.ask({ method: 'GET', headers }),
    post: send,
  }
}
