import type { Policy } from '../../protocol/policy.js'
import type { Facts } from '../decide/facts.js'
import type { Reason } from '../session.js'

/**
 * Facts as tabs send them to each other and keep them in `localStorage`. Moments are ages before
 * `sentAt` on the wall clock, because each tab's own clock starts at another moment. A message
 * contains times and opaque handles only, never a status.
 */
export interface Message {
  v: 1
  sentAt: number
  session: string
  subject: string | null
  idleFor: number | null
  wishedFor: number | null
  answer: {
    age: number
    /** On the clock of the server's store, so it does not depend on any tab's clock. */
    at: number | null
    idleFor: number
    absoluteRemaining: number | null
    policy: Policy
  } | null
  ended: Reason | null
}

/** `null` if there is nothing to share because the session is not known yet. */
export function encodeFacts(facts: Facts, now: number, wall: number): Message | null {
  const { session, subject, lastActivity, wish, confirmed, ended } = facts
  if (session === null) return null
  return {
    v: 1,
    sentAt: wall,
    session,
    subject,
    idleFor: lastActivity === null ? null : now - lastActivity,
    wishedFor: wish === null ? null : now - wish,
    answer: confirmed && {
      age: now - confirmed.sentAt,
      at: confirmed.at,
      idleFor: now - confirmed.lastActivity,
      absoluteRemaining: confirmed.absoluteEnd === Infinity ? null : confirmed.absoluteEnd - now,
      policy: confirmed.policy,
    },
    ended: ended?.verdict ? ended.reason : null,
  }
}

/** `null` for anything that is not exactly a message of this version. */
export function readMessage(data: unknown): Message | null {
  return isMessage(data) ? data : null
}

/** Reads a message. It may be late, so its ages count from when it was sent. */
export function decodeFacts(message: Message, now: number, wall: number): Facts {
  const { session, subject, idleFor, wishedFor, answer, ended } = message
  const sentAt = sentAtOf(message, now, wall)
  return {
    session,
    subject,
    lastActivity: idleFor === null ? null : sentAt - Math.max(0, idleFor),
    wish: wishedFor === null ? null : sentAt - Math.max(0, wishedFor),
    confirmed: answer && {
      sentAt: sentAt - Math.max(0, answer.age),
      at: answer.at,
      lastActivity: sentAt - Math.max(0, answer.idleFor),
      absoluteEnd: answer.absoluteRemaining === null ? Infinity : sentAt + answer.absoluteRemaining,
      policy: answer.policy,
    },
    ended: ended && { reason: ended, at: sentAt, since: sentAt, verdict: true },
  }
}

/** When the message was sent, on this tab's clock. A moment in the future counts as now. */
export function sentAtOf(message: Message, now: number, wall: number): number {
  return now - Math.max(0, wall - message.sentAt)
}

const reasons = ['idle', 'absolute', 'revoked', 'signed-out', 'unreachable', 'unknown']

function isMessage(data: unknown): data is Message {
  if (typeof data !== 'object' || data === null) return false
  const { v, sentAt, session, subject, idleFor, wishedFor, answer, ended } =
    data as Partial<Message>
  return (
    v === 1 &&
    isNumber(sentAt) &&
    typeof session === 'string' &&
    (subject === null || typeof subject === 'string') &&
    (idleFor === null || isNumber(idleFor)) &&
    (wishedFor === null || isNumber(wishedFor)) &&
    (answer === null || isAnswer(answer)) &&
    (ended === null || reasons.includes(ended as string))
  )
}

function isAnswer(answer: NonNullable<Message['answer']> | undefined): boolean {
  if (typeof answer !== 'object') return false
  const { age, at, idleFor, absoluteRemaining, policy } = answer
  return (
    isNumber(age) &&
    (at === null || isNumber(at)) &&
    isNumber(idleFor) &&
    (absoluteRemaining === null || isNumber(absoluteRemaining)) &&
    isPolicy(policy)
  )
}

function isPolicy(policy: Policy | undefined): boolean {
  if (typeof policy !== 'object' || policy === null) return false
  return (
    isLimit(policy.warnAfter) &&
    isLimit(policy.expireAfter) &&
    isLimit(policy.absoluteTimeout) &&
    isNumber(policy.warnBeforeAbsolute)
  )
}

function isLimit(value: unknown): boolean {
  return value === false || isNumber(value)
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}
