import type { SessionHint } from '../core/session.js'
import { type Limits, mergeRule, type SessionTimes } from '../protocol/mergeRule.js'
import type { Policy } from '../protocol/policy.js'
import type { AskRequest } from '../protocol/transport.js'
import type { ActiveVerdict, EndedVerdict, Verdict } from '../protocol/verdict.js'
import type { EndReason } from '../protocol/wire.js'

/**
 * How the server answers:
 *
 * - `well`: at once
 * - `refusing`: the connection fails at once
 * - `silent`: never
 * - `odd`: with something that is no verdict (a proxy's HTML, a 500)
 */
export type ServerMood = 'well' | 'refusing' | 'silent' | 'odd'

interface ServerSession {
  handle: string
  subject: string
  times: SessionTimes
  ended: EndReason | null
  /** Handles that it had before it was renewed. */
  formerly: readonly string[]
}

/** What an answer to a request of the app's own says of the session, as `session.learn` takes it. */
export type SimulatedHeaders = Omit<SessionHint, 'age'>

/** The protocol's server, on a clock of its own, with one cookie jar for all tabs. */
export interface SimulatedServer {
  mood: ServerMood
  /** The session that the cookie belongs to; `null` before the first sign-in. */
  readonly handle: string | null
  /** Who the cookie belongs to, whether the session lives or not. */
  readonly subject: string | null
  /** How many questions have reached it. */
  readonly asked: number
  /** How many questions wait for their answer at this moment. */
  underWay: number
  /** The policy of new answers; may change at any time. */
  policy: Policy
  /** Signs a person in: the cookie now belongs to a new session. */
  signIn(subject: string): string
  /** Renews the cookie's session, as a step-up does: a new handle, and no more time than before. */
  rotate(): void
  /** Ends the cookie's session from outside, as an administrator would. */
  revoke(): void
  /** Time left to the cookie's session, in ms; 0 where there is none or it is over. Only looks. */
  remaining(): number
  /** Who the cookie belongs to while its session lives, else `null`. */
  signedIn(): string | null
  /** What the guard's headers say of the session at this moment; `null` where none lives. */
  headers(): SimulatedHeaders | null
  ask(request: Pick<AskRequest, 'session' | 'idleFor'>): Verdict
  /** Nothing where the session is over, and where there is none; else the one that lives on. */
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

  function isNamed({ handle, formerly }: ServerSession, believed: string | undefined): boolean {
    return believed !== undefined && (believed === handle || formerly.includes(believed))
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
      sessions.set(handle, { handle, subject, times, ended: null, formerly: [] })
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
      const formerly = [...session.formerly, session.handle]
      sessions.set(cookie, { ...session, handle: cookie, formerly })
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
    ask: ({ session: believed, idleFor }) => {
      asked += 1
      const session = current()
      if (!session) return { state: 'ended', reason: 'unknown' }
      touch(session, isNamed(session, believed) ? (idleFor ?? null) : null)
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
    end: (believed) => {
      const session = current()
      if (!session) return undefined
      touch(session, null)
      if (isNamed(session, believed)) session.ended ??= 'signed-out'
      const verdict = answer(session)
      return verdict.state === 'active' ? verdict : undefined
    },
  }
  return server
}
