import { describeChoice } from '../../../src/options/describeValue.js'

/**
 * The migration: one table. Reports change `last` alone, which no index covers, so that PostgreSQL
 * can update a row in place. `due` is when the sweep looks at the row next, `end_pending` since when
 * `onEnd` waits to be told of the end.
 */
export function postgresSchema(table = 'session_security'): string {
  if (!isTableName(table))
    throw new TypeError(`postgresSchema: table ${tableRule}; received ${describeChoice(table)}`)
  return `-- Processes that start together don't trip over each other's CREATE.
SELECT pg_advisory_xact_lock(hashtext('${table}'));
CREATE TABLE IF NOT EXISTS ${table} (
  key          text PRIMARY KEY,
  subject      text NOT NULL,
  secret_id    text NOT NULL,
  sealed_id    text NOT NULL,
  data         jsonb,
  renewed_from jsonb,
  created      bigint NOT NULL,
  last         bigint NOT NULL,
  expire_after bigint,
  absolute     bigint,
  reason       text,
  due          bigint NOT NULL,
  end_pending  bigint
) WITH (fillfactor = 80);
CREATE INDEX IF NOT EXISTS ${indexName(table, 'subject')} ON ${table} (subject) WHERE reason IS NULL;
CREATE INDEX IF NOT EXISTS ${indexName(table, 'due')} ON ${table} (due);
CREATE INDEX IF NOT EXISTS ${indexName(table, 'end_pending')} ON ${table} (end_pending) WHERE end_pending IS NOT NULL;
`
}

/** An index is in the schema of its table. */
const indexName = (table: string, column: string) => `${table.split('.').at(-1)}_${column}`

/**
 * Shorter than PostgreSQL's 63 bytes, to leave room for the names of the indexes. PostgreSQL cuts
 * longer names off.
 */
export const isTableName = (name: unknown): name is string =>
  typeof name === 'string' && /^[a-z_][a-z0-9_]{0,40}(\.[a-z_][a-z0-9_]{0,40})?$/.test(name)

export const tableRule =
  'must be a plain lower-case name of at most 41 characters, with or without a schema before it'
