import type { EndedRecord, Found, RecordedReason, SessionMeta } from '../store.js'

/** What the statements return; each returns some of these columns. */
export interface Row {
  key: string
  subject: string
  secret_id: string
  sealed_id: string
  data: unknown
  renewed_from: NonNullable<SessionMeta['renewedFrom']> | null
  reason: RecordedReason | null
  first: boolean
  /** `pg` gives a bigint as text. */
  idle: string
  age: string
  expire_after: string | null
  absolute: string | null
  now: string
  made: boolean
  seen: string
}

export function toFound([row]: Row[]): Found {
  if (!row || row.reason === 'unknown')
    return { state: 'ended', reason: 'unknown', meta: null, first: false }
  const { reason, first, expire_after: expireAfter, absolute } = row
  if (reason !== null) return { state: 'ended', reason, meta: toMeta(row), first }
  return {
    state: 'active',
    at: Number(row.now),
    idle: Number(row.idle),
    age: Number(row.age),
    limits: {
      expireAfter: expireAfter === null ? null : Number(expireAfter),
      absolute: absolute === null ? null : Number(absolute),
    },
    meta: toMeta(row),
  }
}

const toMeta = (row: Row): SessionMeta => ({
  subject: row.subject,
  secretId: row.secret_id,
  sealedId: row.sealed_id,
  ...(row.data !== null && { data: row.data }),
  ...(row.renewed_from !== null && { renewedFrom: row.renewed_from }),
})

export const toJson = (value: unknown) => (value === undefined ? null : JSON.stringify(value))

export const toRecord = (row: Row): EndedRecord => ({
  key: row.key,
  reason: row.reason as RecordedReason,
  meta: toMeta(row),
})
