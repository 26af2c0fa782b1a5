import type { Limits } from '../../src/protocol/mergeRule.js'
import type { EndReason } from '../../src/protocol/wire.js'
import type { Awaitable } from '../async/awaitable.js'
import type { EndsListener } from './localEnds.js'

/** What a record says about its session. It never holds the session id unencrypted. */
export interface SessionMeta {
  /** Whose session it is. */
  subject: string
  /** Which secret its handles are made with, so that they stay the same when secrets rotate. */
  secretId: string
  /** The session id, encrypted with the app's secret. `onEnd` gets it; a leaked store reveals it to nobody. */
  sealedId: string
  /** Plain JSON for the policy callback and the audit log, such as a role or a tenant. */
  data?: unknown
  /**
   * The keys that this session had before `rotate`, newest last, with the store's time at which each
   * was given up. Pages still present the handles of these.
   */
  renewedFrom?: readonly { key: string; at: number }[]
}

/**
 * Why a record says that its session is over. `replaced`: the same browser signed in again;
 * pages then see `signed-out`.
 */
export type RecordedReason = EndReason | 'replaced'

/** A living session as a store sees it: durations on the store's own clock, in ms. */
export interface Living {
  state: 'active'
  /** The store's own time in whole ms at which the session was judged. */
  at: number
  /** Since the last activity; a stored time in the future counts as 0. */
  idle: number
  /** Since `create`, that is since sign-in. */
  age: number
  limits: Limits
  meta: SessionMeta
}

export interface Over {
  state: 'ended'
  reason: RecordedReason
  /** `null` if the key has neither a record nor a tombstone; then `reason` is `unknown`. */
  meta: SessionMeta | null
  /** This caller has to call `onEnd`: its call recorded the end, or took over an overdue one. */
  first: boolean
}

export type Found = Living | Over

/** An `onEnd` that takes longer than this, in ms, counts as failed. */
export const notifyLeaseMs = 30_000

/** A session that was ended, for `onEnd`. */
export interface EndedRecord {
  key: string
  reason: RecordedReason
  meta: SessionMeta
}

/** Moments on the store's own clock, in ms. */
export interface Moments {
  created: number
  last: number
}

/** The sessions that one call of `endSubject` ended. */
export interface EndedPart {
  ended: EndedRecord[]
  confirmed: boolean
  /** Give it to the next call, which goes on from there. `null`: no session is left. */
  next: unknown
}

/**
 * Where sessions are kept. Each function is atomic and judges by the store's own clock, so that
 * app servers whose clocks differ agree. A key is a hash of the session id: the store never sees
 * the id itself. What a store can't do it throws, and the caller answers 503.
 */
export interface SessionStore {
  /** Other processes see the same records: then a `secret` is required. */
  readonly shared: boolean
  /** Milliseconds for which an ended key is remembered: its reason, and that nothing may start under it. */
  readonly retainEnded: number
  /**
   * Gives the store's time at which it was created; `null` where the key exists, as a record or a
   * tombstone: nothing revives a session. After `within` ms from the call nothing is created any
   * more, also where the call only reaches the store then; it rejects instead.
   */
  create(
    key: string,
    limits: Limits,
    meta: SessionMeta,
    within?: number,
    from?: Moments,
  ): Awaitable<number | null>
  /**
   * Gives a session a new key: its times and limits stay. The old key is over, without a reason.
   * `renewed` is false where the session was over, or `endSubject` ended it meanwhile: `ended` tells
   * what this very call met. After `within` ms from the call nothing is created any more.
   */
  rotate(
    from: string,
    to: string,
    meta: SessionMeta,
    within?: number,
  ): Awaitable<{ renewed: boolean; ended: EndedRecord | null }>
  /** What is there now. Writes nothing. */
  look(key: string): Awaitable<Found>
  /** The merge rule. Never creates. `limits` null keeps the stored ones, `idleFor` null reports nothing. */
  touch(key: string, limits: Limits | null, idleFor: number | null): Awaitable<Found>
  /**
   * Ends a session; harmless where there is none. With `unknown` nobody learns a reason from the
   * tombstone. `ended` tells what this very call ended; `confirmed` whether it is as safe against a
   * failover as the store was asked to make it.
   */
  end(
    key: string,
    reason: RecordedReason,
  ): Awaitable<{ confirmed: boolean; ended: EndedRecord | null }>
  /**
   * Ends the sessions of a subject that were created until the first of these calls, by the store's
   * clock, whatever `rotate` does meanwhile. Bounded work per call: called again with the `next` of
   * the call before until that is `null`. Rejects where some may be missing from what it knows.
   */
  endSubject?(subject: string, reason: RecordedReason, next?: unknown): Awaitable<EndedPart>
  /**
   * The key was given up within `retainEnded`: its session goes on under another one, or never
   * began. A sign-out under it is not confirmed then.
   */
  gaveUp?(key: string): Awaitable<boolean>
  /** Finds sessions that ended without a request. Does bounded work; called regularly. */
  sweep?(): Awaitable<EndedRecord[]>
  /**
   * Marks an ended session's `onEnd` as done. Shared stores return an unmarked session from `sweep`
   * again after `notifyLeaseMs`, until its tombstone expires.
   */
  endNotified?(key: string): Awaitable<void>
  /**
   * For stores that processes share: tells of what any process ends, renews or shortens, from
   * `connected` until `lost`, over and over until the function that it returned is called. Without
   * it, watched sessions are looked at every second.
   */
  watchEnds?(listener: StoreEndsListener): () => void
}

export interface StoreEndsListener extends EndsListener {
  /** From now on nothing is missed. */
  connected(): void
  /** From now on ends may be missed, until `connected` is called again. */
  lost(error: unknown): void
}
