import type { EndReason } from '../../src/protocol/wire.js'
import type { ActiveJudgement } from '../session/judge.js'

/** One watched session: what is known of it, and who watches it. */
export interface Watched {
  key: string
  id: string
  /** On the clock of the watches. Before the first answer: the moment by which it has to come. */
  deadline: number
  /** Once the deadline has passed, the store has until then to say that the session lives on. */
  lastChance: number
  askedAt: number
  isAsking: boolean
  /** The session changed while a request was under way, so its answer may be out of date. */
  asksAgain: boolean
  /** The store knew it. One answer that does not know the session sets it back to false. */
  isKnown: boolean
  members: Set<Member>
}

/** One stream that watches a session. */
export interface Member {
  watched: Watched
  onOver: OnOver
}

export type OnOver = (reason: EndReason) => void

export const newWatched = (key: string, id: string, deadline: number): Watched => ({
  key,
  id,
  deadline,
  lastChance: Infinity,
  askedAt: -Infinity,
  isAsking: false,
  asksAgain: false,
  isKnown: false,
  members: new Set(),
})

/** How long the session lives without further activity, in ms. */
export function remainingMs(judgement: ActiveJudgement): number {
  const { idle, age, limits, policy } = judgement
  // The stored limits apply until a report adopts those of the policy.
  return Math.min(
    ...[limits, policy.limits].flatMap(({ expireAfter, absolute }) => [
      expireAfter === null ? Infinity : expireAfter - idle,
      absolute === null ? Infinity : absolute - age,
    ]),
  )
}
