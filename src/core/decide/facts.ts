import type { Policy } from '../../protocol/policy.js'
import type { ActiveVerdict } from '../../protocol/verdict.js'
import type { Reason } from '../session.js'

/** What the server last confirmed. Moments in ms on this tab's clock. */
export interface Confirmed {
  /** When the question was sent: durations in an answer count from there, so they err early. */
  readonly sentAt: number
  /** When the server judged, on its store's clock; `null` where its answers do not say. */
  readonly at: number | null
  /** The last activity that the server knew of. */
  readonly lastActivity: number
  /** The absolute end, which no activity moves; `Infinity` where there is none. */
  readonly absoluteEnd: number
  readonly policy: Policy
}

export interface Ended {
  readonly reason: Reason
  /** When this tab learned of it … */
  readonly at: number
  /** … and when it was, as far as known: another tab's message may be late. */
  readonly since: number
  /** A verdict is shared with the other tabs; what this tab only worked out stays its own. */
  readonly verdict: boolean
}

/** Everything that tabs share. Status and deadlines are worked out from it. */
export interface Facts {
  /** Handle of the session; `null` until it is known. */
  readonly session: string | null
  readonly subject: string | null
  /**
   * The newest activity known from any tab or from an answer to a question; `null` until one is
   * known. It is reported to the server, so it never takes in what a header of another answer said:
   * that stays in `confirmed`.
   */
  readonly lastActivity: number | null
  /**
   * The newest wish to stay, which moves no deadline before the server has said yes, but keeps
   * every tab from taking the deadline for the end without asking.
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

/** The facts in an answer to a question sent at `sentAt`. */
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
    // A back end without handles has one session a name: the empty handle stands for it.
    session: verdict.session ?? '',
    subject: verdict.subject ?? defaults.subject,
    lastActivity,
    wish: null,
    confirmed: { sentAt, at: verdict.at ?? null, lastActivity, absoluteEnd, policy },
    ended: null,
  }
}

/** Two views of the same session: the newest activity and the newest answer count. */
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

/**
 * The newest activity that counts here: headers of the app's own answers tell of some, too, such as
 * that of another device.
 */
export function newestActivity({ lastActivity, confirmed }: Facts): number | null {
  return lastActivity === null ? null : latest(lastActivity, confirmed?.lastActivity ?? null)
}

/** The same answer, seen again this much later, in ms, was kept somewhere in between. */
const sameAnswerMs = 1_000

/** `answer` is no news of the session: older than one that is known, late, or out of a cache. */
export function isOlder(answer: Facts, known: Facts | null): boolean {
  const [theirs, ours] = [answer.confirmed, known?.confirmed]
  if (!theirs || !ours || theirs.at === null || ours.at === null) return false
  if (answer.session !== known?.session || theirs.at > ours.at) return false
  return theirs.at < ours.at || theirs.sentAt > ours.sentAt + sameAnswerMs
}

/** Both are known, and equal. */
export function isSamePerson(a: Pick<Facts, 'subject'>, b: Pick<Facts, 'subject'>): boolean {
  return a.subject !== null && a.subject === b.subject
}

/** Two answers about the same activity agree on its moment up to the way there and rounding, in ms. */
const sameActivityMs = 1_000

/**
 * The activity that `remembered` has beyond what it knew to be reported counts, too, where the
 * server still knows of the same last one at the same moment: no clock was set in between then.
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
  // The store's own order counts: a question that was sent later may have been judged earlier.
  if (a.at !== null && b.at !== null && a.at !== b.at) return a.at > b.at ? a : b
  if (a.sentAt !== b.sentAt) return a.sentAt > b.sentAt ? a : b
  return endOf(b) < endOf(a) ? b : a
}

function endOf({ lastActivity, absoluteEnd, policy }: Confirmed): number {
  const idleEnd = policy.expireAfter === false ? Infinity : lastActivity + policy.expireAfter
  return Math.min(idleEnd, absoluteEnd)
}
