/** The database's clock in ms. Not `now()`, which stands still while a statement waits for a lock. */
const clock = 'floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint'

/** The first half of the merge rule, on the columns as they are or as they become. */
const over = (last: string, expireAfter: string, absolute: string) => `
  CASE WHEN now >= created + ${absolute} THEN 'absolute'
       WHEN now - ${last} >= ${expireAfter} THEN 'idle' END`

const deadline = 'LEAST(last + expire_after, created + absolute)'

/** What the store reads of a row; a tombstone that is past its time reads as no row. */
const answer = `subject, secret_id, data, reason, first, GREATEST(0, now - last) AS idle,
  now - created AS age, expire_after, absolute, now`

export function statements(table: string) {
  const row = (lock: string) => `SELECT *, ${clock} AS now FROM ${table} WHERE key = $1 ${lock}`

  return {
    /** $1 key, 2 subject, 3 secret_id, 4 data, 5 expire_after, 6 absolute, 7 age, 8 idle */
    create: `
      INSERT INTO ${table} (key, subject, secret_id, data, expire_after, absolute, created, last, due)
      SELECT $1, $2, $3, $4::jsonb, $5::bigint, $6::bigint, now - $7::bigint, now - $8::bigint,
             LEAST(now - $8::bigint + $5::bigint, now - $7::bigint + $6::bigint)
      FROM (SELECT ${clock} AS now) AS clock
      ON CONFLICT (key) DO NOTHING RETURNING key`,

    /** $1 key */
    look: `
      WITH found AS (${row('')})
      SELECT subject, secret_id, data, COALESCE(reason, ${over('last', 'expire_after', 'absolute')}) AS reason,
             false AS first, GREATEST(0, now - last) AS idle, now - created AS age, expire_after, absolute, now
      FROM found WHERE reason IS NULL OR due > now`,

    /** $1 key, 2 adopt the limits?, 3 expire_after, 4 absolute, 5 idleFor, 6 retainEnded, 7 the last moment for a report */
    touch: `
      WITH found AS MATERIALIZED (${row('FOR UPDATE')}),
      before AS (
        SELECT key, subject, secret_id, data, now, created, due, reason AS tombstone,
               ${over('last', 'expire_after', 'absolute')} AS ended,
               GREATEST(last, CASE WHEN now <= $7::bigint THEN LEAST(now, GREATEST(created, now - $5::bigint)) END) AS last,
               CASE WHEN $2 THEN $3::bigint ELSE expire_after END AS expire_after,
               CASE WHEN $2 THEN $4::bigint ELSE absolute END AS absolute
        FROM found),
      merged AS (
        SELECT *, COALESCE(tombstone, ended, ${over('last', 'expire_after', 'absolute')}) AS reason,
               tombstone IS NULL AS first
        FROM before),
      written AS (
        UPDATE ${table} AS kept
        SET reason = merged.reason,
            last = CASE WHEN merged.reason IS NULL THEN merged.last ELSE kept.last END,
            expire_after = CASE WHEN merged.reason IS NULL THEN merged.expire_after ELSE kept.expire_after END,
            absolute = CASE WHEN merged.reason IS NULL THEN merged.absolute ELSE kept.absolute END,
            untold = CASE WHEN merged.reason IS NOT NULL THEN merged.now END,
            due = CASE WHEN merged.reason IS NULL THEN LEAST(kept.due, merged.last + merged.expire_after) ELSE merged.now + $6::bigint END
        FROM merged
        WHERE kept.key = merged.key AND merged.tombstone IS NULL
          AND (kept.reason, kept.last, kept.expire_after, kept.absolute)
              IS DISTINCT FROM (merged.reason, merged.last, merged.expire_after, merged.absolute))
      SELECT ${answer} FROM merged WHERE tombstone IS NULL OR due > now`,

    /** $1 key, 2 reason, 3 retainEnded */
    end: `
      WITH found AS MATERIALIZED (${row('FOR UPDATE')}),
      judged AS (
        SELECT key, now, COALESCE(${over('last', 'expire_after', 'absolute')}, $2) AS reason
        FROM found WHERE reason IS NULL)
      UPDATE ${table} AS kept SET reason = judged.reason,
        untold = CASE WHEN judged.reason <> 'unknown' THEN judged.now END,
        -- 'unknown' leaves no tombstone: past its time at once, and the sweep takes it away.
        due = judged.now + CASE WHEN judged.reason = 'unknown' THEN 0 ELSE $3::bigint END
      FROM judged WHERE kept.key = judged.key
      RETURNING kept.key, kept.reason, kept.subject, kept.secret_id, kept.data`,

    /** $1 subject, 2 reason, 3 retainEnded */
    endSubject: `
      WITH found AS MATERIALIZED (
        SELECT *, ${clock} AS now FROM ${table} WHERE subject = $1 AND reason IS NULL
        ORDER BY key FOR UPDATE),
      judged AS (
        SELECT key, now, COALESCE(${over('last', 'expire_after', 'absolute')}, $2) AS reason FROM found)
      UPDATE ${table} AS kept SET reason = judged.reason, untold = judged.now,
        due = judged.now + $3::bigint
      FROM judged WHERE kept.key = judged.key
      RETURNING kept.key, kept.reason, kept.subject, kept.secret_id, kept.data`,

    /** $1 key */
    told: `UPDATE ${table} SET untold = NULL WHERE key = $1`,

    // The time as a subquery is read once, so that the indexes serve; a row's own would be read for each.
    /** $1 retainEnded, 2 rows at most, 3 untoldLease */
    sweep: `
      WITH clock AS MATERIALIZED (SELECT ${clock} AS now),
      found AS MATERIALIZED (
        SELECT *, (SELECT now FROM clock) AS now FROM ${table} WHERE due <= (SELECT now FROM clock)
        ORDER BY due LIMIT $2 FOR UPDATE SKIP LOCKED),
      forsaken AS MATERIALIZED (
        SELECT key FROM ${table}
        WHERE untold <= (SELECT now FROM clock) - $3::bigint AND due > (SELECT now FROM clock)
        ORDER BY untold LIMIT $2 FOR UPDATE SKIP LOCKED),
      again AS (
        UPDATE ${table} AS kept SET untold = (SELECT now FROM clock)
        FROM forsaken WHERE kept.key = forsaken.key
        RETURNING kept.key, kept.reason, kept.subject, kept.secret_id, kept.data),
      forgotten AS (
        DELETE FROM ${table} AS kept USING found
        WHERE kept.key = found.key AND found.reason IS NOT NULL),
      judged AS (
        SELECT key, now, ${over('last', 'expire_after', 'absolute')} AS reason, ${deadline} AS deadline
        FROM found WHERE reason IS NULL),
      written AS (
        UPDATE ${table} AS kept SET reason = judged.reason,
          untold = CASE WHEN judged.reason IS NOT NULL THEN judged.now END,
          due = CASE WHEN judged.reason IS NULL THEN judged.deadline ELSE judged.now + $1::bigint END
        FROM judged WHERE kept.key = judged.key
        RETURNING kept.key, kept.reason, kept.subject, kept.secret_id, kept.data)
      SELECT * FROM written WHERE reason IS NOT NULL UNION ALL SELECT * FROM again`,
  }
}
