import type { SessionHint } from '../core/session.js'
import { type Limits, mergeRule, type SessionTimes } from '../protocol/mergeRule.js'
import type { Policy } from '../protocol/policy.js'
import type { AskRequest } from '../protocol/transport.js'
import type { ActiveVerdict, EndedVerdict, Verdict } from '../protocol/verdict.js'
import type { EndReason } from '../protocol/wire.js'

/**
 * How the server answers:
 *
 * - `well`: as it should
 * - `refusing`: not at all; the connection fails
 * - `silent`: never
 * - `odd`: with something that is not a verdict (a proxy's HTML, a 500)
 */
export type ServerMood = 'well' | 'refusing' | 'silent' | 'odd'

interface ServerSession {
  handle: string
  subject: string
  times: SessionTimes
  ended: EndReason | null
  /** Handles that the session had before it was renewed. */
  formerHandles: readonly string[]
}

/** What a response to the app's own request says about the session, for `session.hint`. */
export type SimulatedHeaders = Omit<SessionHint, 'age'>

/** A server of the protocol, with its own clock and one cookie jar for all tabs. */
export interface SimulatedServer {
  mood: ServerMood
  /** The session that the cookie belongs to; `null` before the first sign-in. */
  readonly handle: string | null
  /** The person to whom the cookie belongs, even after the session has ended. */
  readonly subject: string | null
  /** How many requests have reached the server. */
  readonly asked: number
  /** How many requests wait for their answer now. */
  underWay: number
  /** The policy of new answers. May change at any time. */
  policy: Policy
  /** Signs a person in: the cookie now belongs to a new session. Returns its handle. */
  signIn(subject: string): string
  /** Renews the cookie's session, as a step-up does: it gets a new handle, but no more time. */
  rotate(): void
  /** Ends the cookie's session, as an administrator would. */
  revoke(): void
  /** Time left to the cookie's session, in ms; 0 if none lives. Does not count as activity. */
  remaining(): number
  /** The person to whom the cookie belongs; `null` if the session does not live. */
  signedIn(): string | null
  /** What the guard's headers say about the session now; `null` if none lives. */
  headers(): SimulatedHeaders | null
  ask(request: Pick<AskRequest, 'session' | 'idleFor'>): Verdict
  /** Signs out. Returns the cookie's session if it lives on, else `undefined`. */
  end(session: string | undefined): ActiveVerdict | undefined
}

export function createSimulatedServer(now: () => number, policy: Policy): SimulatedServer {
  const sessions = new Map<string, ServerSession>()
  let cookie: string | null = null
  let started = 0
  let asked = 0

  function limits(): Limits {
    const { expireAfter, absoluteTimeout } = server.policy
    return {
      expireAfter: expireAfter === false ? null : expireAfter,
      absolute: absoluteTimeout === false ? null : absoluteTimeout,
    }
  }

  function touch(session: ServerSession, idleFor: number | null): void {
    if (session.ended) return
    const result = mergeRule(session.times, now(), limits(), idleFor)
    if (result.ended) session.ended = result.ended
    else session.times = result.times
  }

  function current(): ServerSession | undefined {
    return cookie === null ? undefined : sessions.get(cookie)
  }

  function isNamed(session: ServerSession, claimed: string | undefined): boolean {
    const { handle, formerHandles } = session
    return claimed !== undefined && (claimed === handle || formerHandles.includes(claimed))
  }

  function answer({ handle, subject, times, ended }: ServerSession): ActiveVerdict | EndedVerdict {
    if (ended) return { state: 'ended', reason: ended, session: handle }
    const { expireAfter, absoluteTimeout } = server.policy
    const idle = Math.ceil(Math.max(0, now() - times.last))
    const idleLeft = expireAfter === false ? Infinity : expireAfter - idle
    const absoluteLeft =
      absoluteTimeout === false ? null : Math.floor(times.created + absoluteTimeout - now())
    return {
      state: 'active',
      at: Math.floor(now()),
      remaining: Math.min(idleLeft, absoluteLeft ?? Infinity),
      idle,
      absoluteRemaining: absoluteLeft,
      session: handle,
      subject,
      policy: server.policy,
    }
  }

  const server: SimulatedServer = {
    mood: 'well',
    underWay: 0,
    policy,
    get handle() {
      return cookie
    },
    get subject() {
      return current()?.subject ?? null
    },
    get asked() {
      return asked
    },
    signIn: (subject) => {
      started += 1
      const handle = `s${started}`
      const times = { created: now(), last: now(), limits: limits() }
      sessions.set(handle, { handle, subject, times, ended: null, formerHandles: [] })
      cookie = handle
      return handle
    },
    rotate: () => {
      const session = current()
      if (!session) return
      touch(session, null)
      if (session.ended) return
      started += 1
      cookie = `s${started}`
      const formerHandles = [...session.formerHandles, session.handle]
      sessions.set(cookie, { ...session, handle: cookie, formerHandles })
    },
    revoke: () => {
      const session = current()
      if (session) session.ended ??= 'revoked'
    },
    remaining: () => {
      const session = current()
      if (!session) return 0
      touch(session, null)
      const verdict = answer(session)
      return verdict.state === 'active' ? (verdict.remaining ?? 0) : 0
    },
    signedIn: () => {
      const session = current()
      if (!session) return null
      touch(session, null)
      return session.ended ? null : session.subject
    },
    ask: ({ session: claimed, idleFor }) => {
      asked += 1
      const session = current()
      if (!session) return { state: 'ended', reason: 'unknown' }
      touch(session, isNamed(session, claimed) ? (idleFor ?? null) : null)
      return answer(session)
    },
    headers: () => {
      const session = current()
      if (!session) return null
      touch(session, null)
      const verdict = answer(session)
      if (verdict.state !== 'active') return null
      const { at = null, remaining = 0, idle = null } = verdict
      return { session: session.handle, subject: session.subject, at, remaining, idle }
    },
    end: (claimed) => {
      const session = current()
      if (!session) return undefined
      touch(session, null)
      if (isNamed(session, claimed)) session.ended ??= 'signed-out'
      const verdict = answer(session)
      return verdict.state === 'active' ? verdict : undefined
    },
  }
  return server
}
