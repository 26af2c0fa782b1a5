import { type Limits, mergeRule, type SessionTimes } from '../core/mergeRule.js'
import type { Policy } from '../core/policy.js'
import type { AskRequest } from '../core/transport.js'
import type { Verdict } from '../core/verdict.js'
import type { EndReason } from '../core/wire.js'

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
}

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
  /** Ends the cookie's session from outside, as an administrator would. */
  revoke(): void
  /** Time left to the cookie's session, in ms; 0 where there is none or it is over. Only looks. */
  remaining(): number
  /** Who the cookie belongs to while its session lives, else `null`. */
  signedIn(): string | null
  ask(request: Pick<AskRequest, 'session' | 'idleFor'>): Verdict
  end(session: string | undefined): void
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

  function answer({ handle, subject, times, ended }: ServerSession): Verdict {
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
      return sessions.get(cookie ?? '')?.subject ?? null
    },
    get asked() {
      return asked
    },
    signIn: (subject) => {
      started += 1
      const handle = `s${started}`
      const times = { created: now(), last: now(), limits: limits() }
      sessions.set(handle, { handle, subject, times, ended: null })
      cookie = handle
      return handle
    },
    revoke: () => {
      const session = cookie === null ? undefined : sessions.get(cookie)
      if (session) session.ended ??= 'revoked'
    },
    remaining: () => {
      const session = cookie === null ? undefined : sessions.get(cookie)
      if (!session) return 0
      touch(session, null)
      const verdict = answer(session)
      return verdict.state === 'active' ? (verdict.remaining ?? 0) : 0
    },
    signedIn: () => {
      const session = cookie === null ? undefined : sessions.get(cookie)
      if (!session) return null
      touch(session, null)
      return session.ended ? null : session.subject
    },
    ask: ({ session: believed, idleFor }) => {
      asked += 1
      const session = cookie === null ? undefined : sessions.get(cookie)
      if (!session) return { state: 'ended', reason: 'unknown' }
      touch(session, believed === session.handle ? (idleFor ?? null) : null)
      return answer(session)
    },
    end: (believed) => {
      const session = cookie === null ? undefined : sessions.get(cookie)
      if (session && session.handle === believed) session.ended ??= 'signed-out'
    },
  }
  return server
}
