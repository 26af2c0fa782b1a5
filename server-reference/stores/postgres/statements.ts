import {
  answer,
  channelOf,
  clock,
  deadline,
  keptMeta,
  meta,
  over,
  subjectLock,
  tell,
} from './fragments.js'

export function statements(table: string) {
  const channel = channelOf(table)
  const tellEnd = tell(channel, `'ended ' || kept.key || ' ' || kept.reason`)
  // The clock is outside the subquery, so that it is read once the lock is held.
  const row = (lock: string) =>
    `SELECT *, ${clock} AS now FROM (SELECT * FROM ${table} WHERE key = $1 ${lock}) AS locked`
  const columns = `key, ${meta}, expire_after, absolute, created, last, due`

  return {
    /**
     * $1 key, 2 subject, 3 secret_id, 4 sealed_id, 5 data, 6 renewed_from, 7 expire_after, 8 absolute,
     * 9 created or null, 10 last or null, 11 the last moment for it
     */
    create: `
      WITH locked AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(${subjectLock(table, '$2::text')})),
      clock AS MATERIALIZED (SELECT ${clock} AS now FROM locked),
      times AS (
        SELECT now, COALESCE($9::bigint, now) AS created, COALESCE($10::bigint, now) AS last FROM clock),
      made AS (
        INSERT INTO ${table} (${columns})
        SELECT $1, $2::text, $3, $4, $5::jsonb, $6::jsonb, $7::bigint, $8::bigint, created, last,
               LEAST(last + $7::bigint, created + $8::bigint)
        FROM times WHERE now <= $11::bigint
        ON CONFLICT (key) DO NOTHING RETURNING key)
      SELECT now, EXISTS (SELECT 1 FROM made) AS made FROM clock`,

    /**
     * $1 old key, 2 new key, 3 sealed_id, 4 renewed_from, 5 retainEnded, 6 the last moment for it.
     * In one statement, so that `endSubject` sees either the old session or the new one.
     */
    rotate: `
      WITH found AS MATERIALIZED (${row('FOR UPDATE')}),
      judged AS (
        SELECT *, ${over('last', 'expire_after', 'absolute')} AS ended FROM found
        WHERE reason IS NULL AND now <= $6::bigint),
      made AS (
        INSERT INTO ${table} (${columns})
        SELECT $2, subject, secret_id, $3, data, $4::jsonb, expire_after, absolute, created, last, ${deadline}
        FROM judged WHERE ended IS NULL
        ON CONFLICT (key) DO NOTHING RETURNING key),
      written AS (
        UPDATE ${table} AS kept SET reason = COALESCE(judged.ended, 'unknown'),
          end_pending = CASE WHEN judged.ended IS NOT NULL THEN judged.now END,
          due = judged.now + $5::bigint
        FROM judged WHERE kept.key = judged.key
        RETURNING kept.key, kept.reason, ${keptMeta}, ${tell(
          channel,
          `CASE WHEN EXISTS (SELECT 1 FROM made) THEN 'renewed ' || kept.key || ' ' || $2::text
                ELSE 'ended ' || kept.key || ' ' || kept.reason END`,
        )})
      SELECT found.now, written.*, EXISTS (SELECT 1 FROM made) AS made
      FROM found LEFT JOIN written ON true`,

    /** $1 key */
    look: `
      WITH found AS (${row('')})
      SELECT ${meta}, COALESCE(reason, ${over('last', 'expire_after', 'absolute')}) AS reason,
             false AS first, GREATEST(0, now - last) AS idle, now - created AS age, expire_after, absolute, now
      FROM found WHERE reason IS NULL OR due > now`,

    /** $1 key */
    gaveUp: `SELECT key FROM ${table} WHERE key = $1 AND reason = 'unknown' AND due > ${clock}`,

    /** $1 key, 2 adopt the limits?, 3 expire_after, 4 absolute, 5 idleFor, 6 retainEnded, 7 the last moment for a report */
    touch: `
      WITH found AS MATERIALIZED (${row('FOR UPDATE')}),
      before AS (
        SELECT key, ${meta}, now, created, due, reason AS tombstone, ${deadline} AS deadline,
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
            end_pending = CASE WHEN merged.reason IS NOT NULL THEN merged.now END,
            due = CASE WHEN merged.reason IS NULL THEN LEAST(kept.due, merged.last + merged.expire_after) ELSE merged.now + $6::bigint END
        FROM merged
        WHERE kept.key = merged.key AND merged.tombstone IS NULL
          AND (kept.reason, kept.last, kept.expire_after, kept.absolute)
              IS DISTINCT FROM (merged.reason, merged.last, merged.expire_after, merged.absolute)
        RETURNING ${tell(
          channel,
          `CASE WHEN kept.reason IS NOT NULL THEN 'ended ' || kept.key || ' ' || kept.reason
                WHEN LEAST(kept.last + kept.expire_after, kept.created + kept.absolute) < merged.deadline
                THEN 'changed ' || kept.key END`,
        )})
      SELECT ${answer} FROM merged WHERE tombstone IS NULL OR due > now`,

    /** $1 key, 2 reason, 3 retainEnded */
    end: `
      WITH found AS MATERIALIZED (${row('FOR UPDATE')}),
      judged AS (
        SELECT key, now, COALESCE(${over('last', 'expire_after', 'absolute')}, $2) AS reason
        FROM found WHERE reason IS NULL)
      UPDATE ${table} AS kept SET reason = judged.reason,
        end_pending = CASE WHEN judged.reason <> 'unknown' THEN judged.now END,
        due = judged.now + $3::bigint
      FROM judged WHERE kept.key = judged.key
      RETURNING kept.key, kept.reason, ${keptMeta}, ${tellEnd}`,

    /**
     * The moment of a call of `endSubject`: no session that was created until then is still to come.
     * After a clock was set back it is the newest session's. $1 subject
     */
    moment: `
      WITH locked AS MATERIALIZED (SELECT pg_advisory_xact_lock(${subjectLock(table, '$1::text')}))
      SELECT GREATEST(${clock}, (
        SELECT max(created) FROM ${table} WHERE subject = $1::text AND reason IS NULL)) AS now
      FROM locked`,

    /**
     * $1 subject, 2 reason, 3 retainEnded, 4 created until, 5 at most. Where a session was renewed
     * meanwhile it ends none but counts it as seen: the next pass sees the new one.
     */
    endSubject: `
      WITH seen AS MATERIALIZED (
        SELECT key FROM ${table} WHERE subject = $1 AND reason IS NULL AND created <= $4::bigint LIMIT $5),
      locked AS MATERIALIZED (
        SELECT * FROM ${table} WHERE key IN (SELECT key FROM seen) AND reason IS NULL
        ORDER BY key FOR UPDATE),
      judged AS (
        SELECT key, now, COALESCE(${over('last', 'expire_after', 'absolute')}, $2) AS reason
        FROM (SELECT *, ${clock} AS now FROM locked) AS found),
      written AS (
        UPDATE ${table} AS kept SET reason = judged.reason, end_pending = judged.now,
          due = judged.now + $3::bigint
        FROM judged WHERE kept.key = judged.key
        RETURNING kept.key, kept.reason, ${keptMeta}, ${tellEnd})
      SELECT (SELECT count(*) FROM seen) AS seen, written.* FROM (VALUES (1)) AS one LEFT JOIN written ON true`,

    /** $1 text */
    publish: `SELECT pg_notify('${channel}', $1)`,

    /** $1 key */
    endNotified: `UPDATE ${table} SET end_pending = NULL WHERE key = $1`,

    // The time as a subquery is read once, so that the indexes serve; a row's own would be read for each.
    /** $1 retainEnded, 2 rows at most, 3 notifyLeaseMs */
    sweep: `
      WITH clock AS MATERIALIZED (SELECT ${clock} AS now),
      found AS MATERIALIZED (
        SELECT *, (SELECT now FROM clock) AS now FROM ${table} WHERE due <= (SELECT now FROM clock)
        ORDER BY due LIMIT $2 FOR UPDATE SKIP LOCKED),
      overdue AS MATERIALIZED (
        SELECT key FROM ${table}
        WHERE end_pending <= (SELECT now FROM clock) - $3::bigint AND due > (SELECT now FROM clock)
        ORDER BY end_pending LIMIT $2 FOR UPDATE SKIP LOCKED),
      again AS (
        UPDATE ${table} AS kept SET end_pending = (SELECT now FROM clock)
        FROM overdue WHERE kept.key = overdue.key
        RETURNING kept.key, kept.reason, ${keptMeta}),
      forgotten AS (
        DELETE FROM ${table} AS kept USING found
        WHERE kept.key = found.key AND found.reason IS NOT NULL),
      judged AS (
        SELECT key, now, ${over('last', 'expire_after', 'absolute')} AS reason, ${deadline} AS deadline
        FROM found WHERE reason IS NULL),
      written AS (
        UPDATE ${table} AS kept SET reason = judged.reason,
          end_pending = CASE WHEN judged.reason IS NOT NULL THEN judged.now END,
          due = CASE WHEN judged.reason IS NULL THEN judged.deadline ELSE judged.now + $1::bigint END
        FROM judged WHERE kept.key = judged.key
        RETURNING kept.key, kept.reason, ${keptMeta})
      SELECT * FROM written WHERE reason IS NOT NULL UNION ALL SELECT * FROM again`,
  }
}
