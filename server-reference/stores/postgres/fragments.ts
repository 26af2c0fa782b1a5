import { createHash } from 'node:crypto'

/** The database's clock in ms. Not `now()`, which stands still while a statement waits for a lock. */
export const clock = 'floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint'

/** The first half of the merge rule, on the columns as they are or as they become. */
export const over = (last: string, expireAfter: string, absolute: string) => `
  CASE WHEN now >= created + ${absolute} THEN 'absolute'
       WHEN now - ${last} >= ${expireAfter} THEN 'idle' END`

export const deadline = 'LEAST(last + expire_after, created + absolute)'

export const meta = 'subject, secret_id, sealed_id, data, renewed_from'
export const keptMeta = 'kept.subject, kept.secret_id, kept.sealed_id, kept.data, kept.renewed_from'

/** The columns from which the store judges a session. */
export const answer = `${meta}, reason, first, GREATEST(0, now - last) AS idle,
  now - created AS age, expire_after, absolute, now`

/** `create` holds this lock shared. A statement that holds it alone knows that no create is under way. */
export const subjectLock = (table: string, subject: string) =>
  `hashtext('${table} subject'), hashtext(${subject})`

/** Notifies processes that watch the session, once the statement is committed. A null text sends nothing. */
export const tell = (channel: string, text: string) =>
  `(SELECT pg_notify('${channel}', news) FROM (SELECT ${text} AS news) AS said WHERE news IS NOT NULL)`

/** A hash, because an identifier has at most 63 bytes. */
export const channelOf = (table: string) =>
  `session_security_ends_${createHash('sha256').update(table).digest('hex').slice(0, 16)}`
