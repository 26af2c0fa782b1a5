import type { WireActive } from '../../src/protocol/wire.js'
import type { Awaitable } from '../async/awaitable.js'
import { isUnavailable, withinLimit } from '../async/withinLimit.js'
import { keyOf } from '../session/handles.js'
import type { Judgement } from '../session/judge.js'
import { toWire } from '../session/toWire.js'
import { toAnswer, unknownSession } from './answers.js'
import { ambiguous } from './cookieSession.js'
import { logRefusal } from './logRefusal.js'
import type { Parts } from './parts.js'
import { isPassive } from './passive.js'
import type { PlainAnswer, SessionRequest } from './plain.js'
import { ambiguousCookie, refuse, unavailable } from './problem.js'
import { type MissingSession, sendToSignIn } from './sendToSignIn.js'

export interface GuardOptions {
  /**
   * The id of the session that the app's own session middleware loaded for this request, such as
   * `request.sessionID`, or a function that returns it. If it differs from the id that `resolve`
   * found, the request is refused: two parsers read the cookie differently, and the app would
   * answer with another person's data. `undefined` or `null` says that the app loaded no session.
   */
  loadedId?: LoadedId | (() => Awaitable<LoadedId>)
}

export type LoadedId = string | null | undefined

/** The guard's result, as plain values. */
export interface PlainGuarded {
  /** Send this instead of the app's own answer; `null` if the session lives. */
  answer: PlainAnswer | null
  /** Add these to the app's own answer. */
  headers: Record<string, string>
  /** The session as the endpoint would report it, for `initialSession`. */
  active: WireActive | null
}

export type PlainGuard = (request: SessionRequest, options?: GuardOptions) => Promise<PlainGuarded>

/** Lets only living sessions pass. It only looks, unless the app chose `countAs: 'activity'`. */
export function createGuard(parts: Parts): PlainGuard {
  const { judge, handles, hooks, requests } = parts

  async function decide(request: SessionRequest, options: GuardOptions): Promise<PlainGuarded> {
    const id = await parts.resolve(request)
    if (id === ambiguous) return refused(ambiguousCookie())
    const nobody: MissingSession = { reason: 'unknown', subject: null }
    if (!id) return without(request, nobody, unknownSession)
    if ('loadedId' in options && (await loaded(options)) !== id)
      return without(request, nobody, { ...unknownSession, refusal: otherIdLoaded })
    const key = keyOf(id)
    const seen = await judge.peek(key)
    if (seen.state === 'active' && isForAnother(request, seen.meta.subject))
      return refused(anotherPerson())
    const judgement = await countIfActivity(request, { key, id, seen })
    if (judgement.state === 'ended') {
      const { reason, meta } = judgement
      const subject = meta && handles.subject(meta.subject, meta.secretId)
      return without(request, { reason, subject }, toAnswer(judgement, key, handles))
    }
    const active = toWire(judgement, key, handles)
    return { answer: null, active, headers: sessionHeaders(active, judgement.idle) }
  }

  /** Is the page still showing a person who was signed in before? */
  function isForAnother({ headers }: SessionRequest, subject: string): boolean {
    const believed = headers.get('session-subject')
    return believed !== null && !handles.namesSubject(believed, subject)
  }

  async function countIfActivity(
    request: SessionRequest,
    { key, id, seen }: { key: string; id: string; seen: Judgement },
  ): Promise<Judgement> {
    // Whoever finds an end records it and has onEnd called.
    if (seen.state === 'ended') return seen.meta === null ? seen : judge.touch(key, null, id)
    const counts = requests.countAs === 'activity' && seen.idle >= requests.writeGrace
    return counts && !isPassive(request, requests.passive) ? judge.touch(key, 0, id) : seen
  }

  function without(request: SessionRequest, missing: MissingSession, answer: PlainAnswer) {
    const redirect = sendToSignIn(parts.signIn, request, missing)
    const { refusal } = answer
    return refused(redirect ? { ...redirect, ...(refusal && { refusal }) } : answer)
  }

  return async (request, options = {}) => {
    const given = await withinLimit(parts.timeLimit, () => decide(request, options))
    if (isUnavailable(given)) {
      hooks.storeDown(given.unavailable)
      return refused(unavailable())
    }
    if (given.answer) logRefusal(hooks, given.answer, request.method)
    return given
  }
}

const loaded = async ({ loadedId }: GuardOptions) =>
  typeof loadedId === 'function' ? loadedId() : loadedId

const refused = (answer: PlainAnswer): PlainGuarded => ({ answer, headers: {}, active: null })

const otherIdLoaded = {
  rule: 'loaded-id',
  detail: 'The app loaded another session than the one that the guard found in the request.',
} as const

const anotherPerson = () =>
  refuse(
    409,
    'another-person',
    'Session-Subject names another person than the one who is signed in now.',
  )

/**
 * The headers from which a page reads its deadline. Seconds with one decimal, rounded so that the
 * end seems earlier, never later.
 */
function sessionHeaders(active: WireActive, idle: number): Record<string, string> {
  return {
    'Cache-Control': 'no-store',
    'Session-At': String(active.at),
    'Session-Expires-In': (Math.floor(active.remainingMs / 100) / 10).toFixed(1),
    'Session-Idle': (Math.ceil(idle / 100) / 10).toFixed(1),
    'Session-Handle': active.session,
    'Session-Subject': active.subject,
  }
}
