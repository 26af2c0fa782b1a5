import type { Limits } from '../src/core/mergeRule.js'
import type { EndReason } from '../src/core/wire.js'
import type { Awaitable } from './awaitable.js'

/** What the app said about a session at `start`. It never holds the session id. */
export interface SessionMeta {
  /** Whose session it is. */
  subject: string
  /** Which secret its handles are made with, so that they stay the same when secrets rotate. */
  secretId: string
  /** What the policy callback and the audit log want to know: a role, a tenant. Plain JSON. */
  data?: unknown
  /**
   * The keys that this session had before its id was renewed, with the store's time of that. The store
   * writes them down. Requests that name such a session mean this one, for `retainEnded`.
   */
  renewedFrom?: readonly { key: string; at: number }[]
}

/** A living session as a store sees it: durations on the store's own clock, in ms. */
export interface Living {
  state: 'active'
  /** The store's time at which this was true, in ms. It never goes back. */
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
  reason: EndReason
  /** `null` where the key matches neither a record nor a tombstone; then `reason` is `unknown`. */
  meta: SessionMeta | null
  /** This very call wrote the end down: told to exactly one caller. */
  first: boolean
}

export type Found = Living | Over

/** An `onEnd` that takes longer than this, in ms, counts as one that never came to its end. */
export const untoldLease = 30_000

/** A session that was ended, for `onEnd`. */
export interface EndedRecord {
  key: string
  reason: EndReason
  meta: SessionMeta
}

/**
 * Where sessions are kept. Each function is atomic and judges by the store's own clock, so that
 * app servers whose clocks differ agree. A key is a hash of the session id: the store never sees
 * the id itself. What a store can't do it throws, and the caller answers 503.
 */
export interface SessionStore {
  /** Other processes see the same records: then a `secret` is required. */
  readonly shared: boolean
  /** Milliseconds for which ends, and the former keys of a renewed session, are remembered. */
  readonly retainEnded: number
  /** `false` where the key exists, as a record or a tombstone: nothing revives a session. */
  create(
    key: string,
    limits: Limits,
    meta: SessionMeta,
    from?: { age: number; idle: number },
  ): Awaitable<boolean>
  /** What is there now. Writes nothing. */
  look(key: string): Awaitable<Found>
  /** The merge rule. Never creates. `limits` null keeps the stored ones, `idleFor` null reports nothing. */
  touch(key: string, limits: Limits | null, idleFor: number | null): Awaitable<Found>
  /**
   * Ends a session; harmless where there is none. `unknown` leaves no tombstone. `ended` tells what
   * this very call ended; `confirmed` whether it is as safe against a failover as the store was asked to make it.
   */
  end(key: string, reason: EndReason): Awaitable<{ confirmed: boolean; ended: EndedRecord | null }>
  /** Ends every session of a subject. */
  endSubject?(
    subject: string,
    reason: EndReason,
  ): Awaitable<{ confirmed: boolean; ended: EndedRecord[] }>
  /** Meets the ends that no request met. Bounded work a call; called again and again. */
  sweep?(): Awaitable<EndedRecord[]>
  /**
   * `onEnd` has come to its end. In a shared store an end of which this was never said, because the
   * process died or `onEnd` failed, is met by the sweep again after `untoldLease`, for as long as
   * its reason is remembered.
   */
  told?(key: string): Awaitable<void>
}
