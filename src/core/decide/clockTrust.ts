import type { State } from './state.js'
import { type Step, want } from './step.js'

/** Ignore messages for this long (ms) after the clock was set back. */
const distrustMs = 1_000

/** All tabs read the same wall clock. Allow this much (ms) for rounding. */
const toleranceMs = 1_000

/**
 * When the wall clock last changed, as moments on this tab's clock; `-Infinity` if it never did.
 */
export interface ClockChanges {
  readonly setBackAt: number
  /** Includes clocks that were set forward, and sleep. */
  readonly leaptAt: number
}

/**
 * May the ages in another tab's message be trusted? Not if it was sent before the clock was set
 * back: its activity would seem too recent. While a tab is frozen, sleep can mask such a change, so
 * if there is a server to ask, nothing from before a leap is trusted either.
 */
export function isMessageTrusted(
  sentAt: number,
  { setBackAt, leaptAt }: ClockChanges,
  hasServer: boolean,
): boolean {
  return sentAt >= setBackAt + distrustMs && (!hasServer || sentAt >= leaptAt)
}

/**
 * Is it still known how long ago this request was sent? A clock that was set back can mask sleep.
 */
export function isAnswerTrusted(sentAt: number, { setBackAt }: ClockChanges): boolean {
  return sentAt >= setBackAt
}

/** Was this written before the wall clock was set back? Both moments are on that clock. */
export function isFromFuture(writtenAt: number, wall: number): boolean {
  return writtenAt > wall + toleranceMs
}

/** Was the clock set back again, after the moment `seen`? */
export function isSetBackAgain(seen: number, { setBackAt }: ClockChanges): boolean {
  return setBackAt > seen
}

/**
 * A clock that was set back can mask sleep, so all activity may seem too recent. Drop every
 * timestamp and ask the server. Keep the facts only as a fallback, in case no server answers.
 */
export function dropMoments(state: State, { now, config }: Step): State {
  const { facts, doubt } = state
  if (config.judge === 'browser' || facts.ended || doubt) return state
  return {
    ...want(state, now),
    retryAt: null,
    remembered: facts,
    facts: { ...facts, lastActivity: null, wish: null, confirmed: null },
    ownActivity: null,
    doubt: { kind: 'start', covered: false, failures: 0 },
  }
}
