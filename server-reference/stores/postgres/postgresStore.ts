import { collectMistakes } from '../../../src/options/optionMistakes.js'
import { aBoolean, aCount, aDuration, checkRules, type Rules } from '../../../src/options/rules.js'
import { keepSubscribed } from '../keepSubscribed.js'
import { inTime, patience } from '../lateReports.js'
import { notifyLeaseMs, type SessionStore, type StoreEndsListener } from '../store.js'
import { channelOf } from './fragments.js'
import { openListener } from './openListener.js'
import { isPostgresPool, type PostgresPool, postgresPort } from './postgresPort.js'
import { isTableName, tableRule } from './postgresSchema.js'
import { type Row, toFound, toJson, toRecord } from './rows.js'
import { statements } from './statements.js'

export interface PostgresStoreOptions {
  /**
   * The table that `postgresSchema` made.
   * @default 'session_security'
   */
  table?: string
  /**
   * How long (ms) the reason of an end is remembered.
   * @default 600000
   */
  retainEnded?: number
  /**
   * Use named prepared statements, which saves most of the database's work. Not behind a pooler
   * that hands each statement to another connection and doesn't know them.
   * @default true
   */
  prepare?: boolean
  /**
   * Queries that may wait for a connection at once; more fail at once.
   * @default 1000
   */
  maxPending?: number
}

/** Sessions of one subject that one call ends. */
const endAtOnce = 500

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
  const { run, lend, canLend } = postgresPort(pool, options.maxPending ?? 1_000)
  const runInTime = inTime()

  async function rows(statement: keyof typeof sql, values: unknown[]): Promise<Row[]> {
    const name = prepare ? { name: `${table} ${statement}` } : {}
    return (await run({ ...name, text: sql[statement], values })) as Row[]
  }

  /** The last value of the statement is the last moment for it. */
  const rowsInTime = (statement: keyof typeof sql, values: unknown[], within: number) =>
    runInTime(
      within,
      (last) => rows(statement, [...values, last]),
      ([row]) => (row === undefined ? null : Number(row.now)),
    )

  return {
    shared: true,
    retainEnded,

    async create(key, { expireAfter, absolute }, meta, within = patience, from = undefined) {
      const { subject, secretId, sealedId, data, renewedFrom } = meta
      const values = [key, subject, secretId, sealedId, toJson(data), toJson(renewedFrom)]
      const times = [expireAfter, absolute, from?.created ?? null, from?.last ?? null]
      const [row] = await rowsInTime('create', [...values, ...times], within)
      return row?.made ? Number(row.now) : null
    },

    async rotate(from, to, { sealedId, renewedFrom }, within = patience) {
      const values = [from, to, sealedId, toJson(renewedFrom), retainEnded]
      const [row] = await rowsInTime('rotate', values, within)
      const ended = row?.reason && row.reason !== 'unknown' ? toRecord(row) : null
      return { renewed: row?.made ?? false, ended }
    },

    look: async (key) => toFound(await rows('look', [key])),

    async touch(key, limits, idleFor) {
      const values = [key, limits !== null, limits?.expireAfter ?? null, limits?.absolute ?? null]
      const claimed = idleFor === null ? null : Math.ceil(idleFor)
      const found = await runInTime(
        patience,
        (last) => rows('touch', [...values, claimed, retainEnded, last]),
        ([row]) => (row?.reason === null ? Number(row.now) : null),
      )
      return toFound(found)
    },

    gaveUp: async (key) => (await rows('gaveUp', [key])).length > 0,

    async end(key, reason) {
      const [ended] = await rows('end', [key, reason, retainEnded])
      return { confirmed: true, ended: ended ? toRecord(ended) : null }
    },

    async endSubject(subject, reason, next) {
      const until = next ?? (await rows('moment', [subject]))[0]?.now
      const found = await rows('endSubject', [subject, reason, retainEnded, until, endAtOnce])
      const ended = found.filter(({ key }) => key !== null).map(toRecord)
      // Until a pass saw none: what was renewed during this one is seen by the next.
      return { confirmed: true, ended, next: found[0]?.seen === '0' ? null : until }
    },

    sweep: async () => (await rows('sweep', [retainEnded, 500, notifyLeaseMs])).map(toRecord),

    async endNotified(key) {
      await rows('endNotified', [key])
    },

    // A pool of one connection has none to spare.
    ...(canLend && {
      watchEnds: (listener: StoreEndsListener) =>
        keepSubscribed(
          {
            open: (subscription) => openListener(lend, channelOf(table), subscription),
            publish: (text) => rows('publish', [text]),
          },
          listener,
        ),
    }),
  }
}

function checkOptions(pool: unknown, options: PostgresStoreOptions): void {
  const mistakes = collectMistakes('postgresStore')
  if (!isPostgresPool(pool)) mistakes.add('pool', 'must be a pool of pg', pool, true)
  mistakes.unknown({ ...options }, Object.keys(rules))
  checkRules({ ...options }, rules, mistakes)
  mistakes.check()
}

const rules: Rules<PostgresStoreOptions> = {
  table: { must: tableRule, accepts: isTableName },
  retainEnded: aDuration,
  prepare: aBoolean,
  maxPending: aCount(1),
}
