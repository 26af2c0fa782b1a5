import type { Policy } from '../../protocol/policy.js'
import type { ActiveVerdict } from '../../protocol/verdict.js'
import type { Reason } from '../session.js'

/** What the server last confirmed. Moments in ms on this tab's clock. */
export interface Confirmed {
  /** When the request was sent. Durations in the answer count from then, so no deadline is late. */
  readonly sentAt: number
  /** When the server judged the session, on its store's clock; `null` if its answers don't say. */
  readonly at: number | null
  /** The last activity that the server knew of. */
  readonly lastActivity: number
  /** The absolute end, which activity does not move; `Infinity` if there is none. */
  readonly absoluteEnd: number
  readonly policy: Policy
}

export interface Ended {
  readonly reason: Reason
  /** When this tab learned of the end. */
  readonly at: number
  /**
   * When the session ended, as far as known. Earlier than `at` if another tab's message came late.
   */
  readonly since: number
  /**
   * The end is certain, not just worked out by this tab. Only a certain end is shared.
   */
  readonly verdict: boolean
}

/** Everything that tabs share. Status and deadlines follow from it. */
export interface Facts {
  /** Handle of the session; `null` until it is known. */
  readonly session: string | null
  readonly subject: string | null
  /**
   * The newest activity in any tab or in an answer to a session request; `null` until one is known.
   * It is reported to the server, so activity from a hint never gets in here: it stays in
   * `confirmed`.
   */
  readonly lastActivity: number | null
  /**
   * When a user last asked to stay. It moves no deadline before the server has confirmed it, but it
   * makes every tab ask the server at the deadline instead of ending the session.
   */
  readonly wish: number | null
  readonly confirmed: Confirmed | null
  readonly ended: Ended | null
}

export const noFacts: Facts = {
  session: null,
  subject: null,
  lastActivity: null,
  wish: null,
  confirmed: null,
  ended: null,
}

/** The facts in an answer to a request sent at `sentAt`. */
export function factsOf(
  verdict: ActiveVerdict,
  sentAt: number,
  defaults: { policy: Policy; subject: string | null },
): Facts {
  const policy = { ...defaults.policy, ...verdict.policy }
  const idle = verdict.idle ?? idleFrom(verdict.remaining ?? 0, policy)
  const lastActivity = sentAt - idle
  const absoluteEnd =
    typeof verdict.absoluteRemaining === 'number' ? sentAt + verdict.absoluteRemaining : Infinity
  return {
    // A back end without handles has one session per name. The empty handle stands for it.
    session: verdict.session ?? '',
    subject: verdict.subject ?? defaults.subject,
    lastActivity,
    wish: null,
    confirmed: { sentAt, at: verdict.at ?? null, lastActivity, absoluteEnd, policy },
    ended: null,
  }
}

/** Merges facts about the same session: the newest activity and the newest answer count. */
export function mergeFacts(ours: Facts, theirs: Facts): Facts {
  const lastActivity = latest(ours.lastActivity, theirs.lastActivity)
  const wish = latest(ours.wish, theirs.wish)
  const confirmed = newest(ours.confirmed, theirs.confirmed)
  const ended = ours.ended ?? theirs.ended
  const isKnown =
    lastActivity === ours.lastActivity &&
    wish === ours.wish &&
    confirmed === ours.confirmed &&
    ended === ours.ended
  return isKnown ? ours : { ...ours, lastActivity, wish, confirmed, ended }
}

/** The newest activity, for this tab's deadlines. Hints may add to it, such as another device's. */
export function newestActivity({ lastActivity, confirmed }: Facts): number | null {
  return lastActivity === null ? null : latest(lastActivity, confirmed?.lastActivity ?? null)
}

/** An answer that is seen again this much later (ms) comes from a cache. */
const sameAnswerMs = 1_000

/**
 * Is `answer` older than what is known, or a repeated copy? It may be late, or come from a cache.
 */
export function isOlder(answer: Facts, known: Facts | null): boolean {
  const [theirs, ours] = [answer.confirmed, known?.confirmed]
  if (!theirs || !ours || theirs.at === null || ours.at === null) return false
  if (answer.session !== known?.session || theirs.at > ours.at) return false
  return theirs.at < ours.at || theirs.sentAt > ours.sentAt + sameAnswerMs
}

/** Both people are known and are the same. */
export function isSamePerson(a: Pick<Facts, 'subject'>, b: Pick<Facts, 'subject'>): boolean {
  return a.subject !== null && a.subject === b.subject
}

/**
 * Two answers about the same activity may differ by network latency and rounding. Treat them as
 * equal within this many ms.
 */
const sameActivityMs = 1_000

/**
 * Keeps activity in `remembered` that the server has not heard of, if the server's last activity
 * still matches the remembered one. The match shows that the clock was not set in between.
 */
export function withUnreported(answer: Facts, remembered: Facts | null): Facts {
  const { confirmed, lastActivity } = answer
  if (!remembered?.confirmed || !confirmed || remembered.session !== answer.session) return answer
  const apart = Math.abs(remembered.confirmed.lastActivity - confirmed.lastActivity)
  if (apart > sameActivityMs) return answer
  return { ...answer, lastActivity: latest(lastActivity, remembered.lastActivity) }
}

function idleFrom(remaining: number, { expireAfter }: Policy): number {
  return expireAfter === false ? 0 : Math.max(0, expireAfter - remaining)
}

function latest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.max(a, b)
}

function newest(a: Confirmed | null, b: Confirmed | null): Confirmed | null {
  if (a === null || b === null) return a ?? b
  // Use the store's own order: a request that was sent later may have been judged earlier.
  if (a.at !== null && b.at !== null && a.at !== b.at) return a.at > b.at ? a : b
  if (a.sentAt !== b.sentAt) return a.sentAt > b.sentAt ? a : b
  return endOf(b) < endOf(a) ? b : a
}

function endOf({ lastActivity, absoluteEnd, policy }: Confirmed): number {
  const idleEnd = policy.expireAfter === false ? Infinity : lastActivity + policy.expireAfter
  return Math.min(idleEnd, absoluteEnd)
}
