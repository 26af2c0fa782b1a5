import type { Limits } from '../../../src/protocol/mergeRule.js'
import {
  type EndedRecord,
  type Found,
  type Moments,
  notifyLeaseMs,
  type RecordedReason,
  type SessionMeta,
} from '../store.js'

// The arguments and replies of scripts.ts, whose tables give the order of each.

export type Argument = string | number
export type Reply = (string | number)[]

/** The shape of every session that no record and no tombstone knows. */
const unknown: Found = { state: 'ended', reason: 'unknown', meta: null, first: false }

export interface CreateRequest {
  limits: Limits
  meta: SessionMeta
  /** The times of the session that is renewed; null for a new one. */
  from: Moments | null
  retainEnded: number
  /** How long its subject's index will know the session, in ms. */
  indexMs: number
  /** The last moment, on Redis' clock, at which the script may still write. */
  latest: number
}

export const encodeCreate = (request: CreateRequest): Argument[] => {
  const { limits, meta, from, retainEnded, indexMs, latest } = request
  return [
    ...encodeLimits(limits),
    JSON.stringify(meta),
    from?.created ?? '',
    from?.last ?? '',
    retainEnded,
    indexMs,
    latest,
  ]
}

export interface CreateReply {
  now: number
  /** `late`: nothing was written. `used` and `barred`: the key has a record, or a bare tombstone. */
  outcome: 'late' | 'made' | 'used' | 'barred'
}

export function readCreateReply([now, outcome = 'late']: Reply): CreateReply {
  return { now: Number(now), outcome: outcome as CreateReply['outcome'] }
}

export interface TouchRequest {
  mode: 'look' | 'touch' | 'sweep'
  /** Null keeps the stored ones. */
  limits: Limits | null
  /** Null reports no activity. */
  idleMs: number | null
  retainEnded: number
  channel: string
  /** How messages on the channel name the session. */
  name: string
  latest: number
}

export function encodeTouch(request: TouchRequest): Argument[] {
  const { mode, limits, idleMs, retainEnded, channel, name, latest } = request
  return [
    mode,
    ...(limits ? encodeLimits(limits) : ['', '']),
    idleMs === null ? '' : Math.ceil(idleMs),
    retainEnded,
    notifyLeaseMs,
    channel,
    name,
    latest,
  ]
}

export interface TouchReply {
  now: number
  found: Found
  /** The session may outlive its place in its subject's index. */
  isIndexStale: boolean
}

type OverReply = [now: Argument, reason: RecordedReason, meta: string, isFirst: 0 | 1]
type LivingReply = [
  now: Argument,
  noReason: '',
  meta: string,
  idle: Argument,
  age: Argument,
  expireAfter: Argument,
  absolute: Argument,
  isIndexStale: 0 | 1,
]

export function readTouchReply(reply: Reply): TouchReply {
  const now = Number(reply[0])
  if (reply[1] === undefined) return { now, found: unknown, isIndexStale: false }
  if (reply[1] !== '') {
    const [, reason, meta, isFirst] = reply as OverReply
    const found: Found = { state: 'ended', reason, meta: readMeta(meta), first: isFirst === 1 }
    return { now, found, isIndexStale: false }
  }
  const [, , meta, idle, age, expireAfter, absolute, isIndexStale] = reply as LivingReply
  const found: Found = {
    state: 'active',
    at: now,
    idle: Number(idle),
    age: Number(age),
    limits: readLimits(expireAfter, absolute),
    meta: readMeta(meta),
  }
  return { now, found, isIndexStale: isIndexStale === 1 }
}

export interface EndRequest {
  reason: RecordedReason
  retainEnded: number
  channel: string
  name: string
  /** Keeps a key that has no record from ever getting one. */
  bars?: boolean
  /** The key under which the session goes on. */
  renewedAs?: string
  latest?: number
}

export const encodeEnd = (request: EndRequest): Argument[] => {
  const { reason, retainEnded, channel, name, bars, renewedAs = '', latest = '' } = request
  return [reason, retainEnded, channel, name, bars ? 'bar' : '', renewedAs, latest]
}

export interface EndReply {
  now: number
  /** What this call ended; null if it ended nothing. */
  ended: { reason: RecordedReason; meta: SessionMeta; limits: Limits; times: Moments } | null
}

type EndedReply = [
  now: Argument,
  reason: RecordedReason,
  meta: string,
  created: Argument,
  last: Argument,
  expireAfter: Argument,
  absolute: Argument,
]

export function readEndReply(reply: Reply): EndReply {
  const now = Number(reply[0])
  if (reply[1] === undefined) return { now, ended: null }
  const [, reason, meta, created, last, expireAfter, absolute] = reply as EndedReply
  return {
    now,
    ended: {
      reason,
      meta: readMeta(meta),
      limits: readLimits(expireAfter, absolute),
      times: { created: Number(created), last: Number(last) },
    },
  }
}

/** What `onEnd` needs of what a call ended. */
export const toRecord = (key: string, { ended }: EndReply): EndedRecord | null =>
  ended && { key, reason: ended.reason, meta: ended.meta }

const encodeLimits = ({ expireAfter, absolute }: Limits) => [expireAfter ?? '', absolute ?? '']

const readLimits = (expireAfter: Argument, absolute: Argument): Limits => ({
  expireAfter: readLimit(expireAfter),
  absolute: readLimit(absolute),
})

const readLimit = (value: Argument) => (value === '' ? null : Number(value))

const readMeta = (text: string): SessionMeta => JSON.parse(text)
