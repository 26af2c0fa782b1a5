import type { EndReason } from '../../src/core/wire.js'
import { fail, misspelt, show } from '../checkOptions.js'
import { quote } from '../describeValue.js'
import { inTime } from '../inTime.js'
import {
  type EndedRecord,
  type Found,
  type SessionMeta,
  type SessionStore,
  untoldLease,
} from '../store.js'
import { isTableName } from './postgresSchema.js'
import { statements } from './statements.js'

/** What is used of a `pg` pool. It has to lead to the primary. */
export interface PostgresPool {
  query(query: { name?: string; text: string; values: unknown[] }): Promise<{ rows: unknown[] }>
}

export interface PostgresStoreOptions {
  /**
   * The table that `postgresSchema` made.
   * @default 'session_security'
   */
  table?: string
  /**
   * Milliseconds for which the reason of an end is remembered.
   * @default 600000
   */
  retainEnded?: number
  /**
   * Use named prepared statements, which saves most of the database's work. Not behind a pooler
   * that hands each statement to another connection and doesn't know them.
   * @default true
   */
  prepare?: boolean
}

interface Row {
  key: string
  subject: string
  secret_id: string
  data: unknown
  reason: EndReason | null
  first: boolean
  /** `pg` gives a bigint as text. */
  idle: string
  age: string
  expire_after: string | null
  absolute: string | null
  now: string
}

/**
 * Sessions in PostgreSQL: one statement a report, committed by itself, on the database's own clock.
 *
 * @throws TypeError naming every mistake in the options.
 */
export function postgresStore(
  pool: PostgresPool,
  options: PostgresStoreOptions = {},
): SessionStore {
  checkOptions(pool, options)
  const { table = 'session_security', retainEnded = 600_000, prepare = true } = options
  const sql = statements(table)
  const reportInTime = inTime()

  async function rows(statement: keyof typeof sql, values: unknown[]): Promise<Row[]> {
    const name = prepare ? { name: `${table} ${statement}` } : {}
    return (await pool.query({ ...name, text: sql[statement], values })).rows as Row[]
  }

  return {
    shared: true,
    retainEnded,

    async create(key, { expireAfter, absolute }, meta, { age, idle } = { age: 0, idle: 0 }) {
      const data = meta.data === undefined ? null : JSON.stringify(meta.data)
      const values = [key, meta.subject, meta.secretId, data, expireAfter, absolute]
      return (await rows('create', [...values, Math.floor(age), Math.ceil(idle)])).length === 1
    },

    look: async (key) => toFound(await rows('look', [key])),

    async touch(key, limits, idleFor) {
      const values = [key, limits !== null, limits?.expireAfter ?? null, limits?.absolute ?? null]
      const claimed = idleFor === null ? null : Math.ceil(idleFor)
      const found = await reportInTime(
        (last) => rows('touch', [...values, claimed, retainEnded, last]),
        ([row]) => (row?.reason === null ? Number(row.now) : null),
      )
      return toFound(found)
    },

    async end(key, reason) {
      const [ended] = await rows('end', [key, reason, retainEnded])
      return { confirmed: true, ended: ended ? toRecord(ended) : null }
    },

    async endSubject(subject, reason) {
      const ended = await rows('endSubject', [subject, reason, retainEnded])
      return { confirmed: true, ended: ended.map(toRecord) }
    },

    sweep: async () => (await rows('sweep', [retainEnded, 500, untoldLease])).map(toRecord),

    async told(key) {
      await rows('told', [key])
    },
  }
}

function toFound([row]: Row[]): Found {
  if (!row) return { state: 'ended', reason: 'unknown', meta: null, first: false }
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

const toMeta = ({ subject, secret_id: secretId, data }: Row): SessionMeta => ({
  subject,
  secretId,
  ...(data !== null && { data }),
})

const toRecord = (row: Row): EndedRecord => ({
  key: row.key,
  reason: row.reason ?? 'unknown',
  meta: toMeta(row),
})

function checkOptions(pool: unknown, options: PostgresStoreOptions): void {
  const mistakes = misspelt({ ...options }, ['table', 'retainEnded', 'prepare'], '')
  if (typeof (pool as PostgresPool | null)?.query !== 'function')
    mistakes.push('pool has to be a pg pool')
  const { table, retainEnded, prepare } = options
  if (table !== undefined && !isTableName(table))
    mistakes.push(`table has to be a plain lower-case name, schema included, not ${quote(table)}`)
  if (retainEnded !== undefined && !(Number.isSafeInteger(retainEnded) && retainEnded > 0))
    mistakes.push(`retainEnded has to be whole milliseconds above 0, not ${show(retainEnded)}`)
  if (prepare !== undefined && typeof prepare !== 'boolean')
    mistakes.push(`prepare has to be a boolean, not ${show(prepare)}`)
  if (mistakes.length > 0) fail('postgresStore', mistakes)
}
