import { script } from './redisPort.js'

// codec.ts writes the arguments and reads the replies.

/**
 * A session is one hash:
 *
 *     created, last          moments
 *     expireAfter, absolute  ms; '' is off
 *     meta                   JSON
 *     indexed                until when its subject's index knows it
 *     reason                 once it is over
 *     endPending             once it is over, until `onEnd` is done: since when
 *
 * A hash that has only a reason is a tombstone that bars its key.
 *
 * TIME inside the script is the only clock. `over` is the first half of the merge rule. Only
 * `writeEnd` writes ends. It publishes them, too, for processes that watch the session.
 */
const prelude = `
local key = KEYS[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function whole(number) return string.format('%.0f', number) end
local function deadline(created, last, expireAfter, absolute)
  local idleEnd = expireAfter and last + expireAfter
  local absoluteEnd = absolute and created + absolute
  if idleEnd and absoluteEnd then return math.min(idleEnd, absoluteEnd) end
  return idleEnd or absoluteEnd
end
local function over(created, last, expireAfter, absolute)
  if absolute and now >= created + absolute then return 'absolute' end
  if expireAfter and now - last >= expireAfter then return 'idle' end
end
local function tell(channel, text)
  -- pcall: a Redis user without the right to publish can still end sessions.
  redis.pcall('PUBLISH', channel, text)
end
local function writeEnd(reason, retainEnded, channel, name, renewedAs)
  if reason == 'unknown' then
    redis.call('DEL', key)
    redis.call('HSET', key, 'reason', reason)
  else
    redis.call('HSET', key, 'reason', reason, 'endPending', whole(now))
  end
  redis.call('PEXPIRE', key, retainEnded)
  if renewedAs and reason == 'unknown' then
    tell(channel, 'renewed ' .. name .. ' ' .. renewedAs)
  else
    tell(channel, 'ended ' .. name .. ' ' .. reason)
  end
end
`

/**
 * Starts a session.
 *
 *     ARGV  1 expireAfter  2 absolute  3 meta
 *           4 created, 5 last          '' for now
 *           6 retainEnded
 *           7 indexMs                  how long the subject's index knows it
 *           8 latest                   after this moment the script writes nothing
 *
 *     reply  [now]            too late
 *            [now, 'made']
 *            [now, 'used']    the key has a record
 *            [now, 'barred']  the key has a bare tombstone
 */
export const createScript = script(`${prelude}
if now > tonumber(ARGV[8]) then return { now } end
if redis.call('EXISTS', key) == 1 then
  return { now, redis.call('HEXISTS', key, 'meta') == 1 and 'used' or 'barred' }
end
local expireAfter, absolute = tonumber(ARGV[1]), tonumber(ARGV[2])
local created, last = tonumber(ARGV[4]) or now, tonumber(ARGV[5]) or now
redis.call('HSET', key, 'created', whole(created), 'last', whole(last), 'expireAfter', ARGV[1],
  'absolute', ARGV[2], 'meta', ARGV[3], 'indexed', whole(now + ARGV[7]))
local left = math.max(0, deadline(created, last, expireAfter, absolute) - now)
redis.call('PEXPIRE', key, whole(left + ARGV[6]))
return { now, 'made' }
`)

/**
 * Judges a session by the merge rule.
 *
 *     ARGV  1 mode                         'look' writes nothing; 'touch'; 'sweep' also takes an end
 *                                          whose `onEnd` is overdue
 *           2 expireAfter, 3 absolute      both '': keep the stored ones
 *           4 idleMs                       '' reports no activity
 *           5 retainEnded  6 notifyLeaseMs
 *           7 channel  8 name              how messages on the channel name the session
 *           9 latest                       after this moment the script writes nothing
 *
 *     reply  [now]                         too late, or no such session
 *            [now, reason, meta, isFirst]  over; isFirst 1: this caller has to call `onEnd`
 *            [now, '', meta, idle, age, expireAfter, absolute, isIndexStale]
 *                                          alive; isIndexStale 1: renew its place in the index
 */
export const touchScript = script(`${prelude}
if now > tonumber(ARGV[9]) then return { now } end
local kept = redis.call('HMGET', key, 'reason', 'meta', 'created', 'last', 'expireAfter', 'absolute', 'indexed', 'endPending')
local meta = kept[2]
if not meta then return { now } end
if kept[1] then
  local again = ARGV[1] == 'sweep' and kept[8] and now - kept[8] >= tonumber(ARGV[6])
  if again then redis.call('HSET', key, 'endPending', whole(now)) end
  return { now, kept[1], meta, again and 1 or 0 }
end
local created, last = tonumber(kept[3]), tonumber(kept[4])
local expireAfter, absolute = tonumber(kept[5]), tonumber(kept[6])
local writes = ARGV[1] ~= 'look'
local ended = over(created, last, expireAfter, absolute)
if not ended and writes then
  local changed = false
  local before = deadline(created, last, expireAfter, absolute)
  if (ARGV[2] ~= '' or ARGV[3] ~= '') and (ARGV[2] ~= kept[5] or ARGV[3] ~= kept[6]) then
    expireAfter, absolute = tonumber(ARGV[2]), tonumber(ARGV[3])
    changed = true
  end
  if ARGV[4] ~= '' then
    local claimed = math.min(now, math.max(created, now - ARGV[4]))
    if claimed > last then
      last = claimed
      changed = true
    end
  end
  ended = over(created, last, expireAfter, absolute)
  if changed and not ended then
    redis.call('HSET', key, 'last', whole(last), 'expireAfter', expireAfter and whole(expireAfter) or '',
      'absolute', absolute and whole(absolute) or '')
    local after = deadline(created, last, expireAfter, absolute)
    redis.call('PEXPIRE', key, whole(after - now + ARGV[5]))
    if after < before then tell(ARGV[7], 'changed ' .. ARGV[8]) end
  end
end
if ended then
  if writes then writeEnd(ended, ARGV[5], ARGV[7], ARGV[8]) end
  return { now, ended, meta, writes and 1 or 0 }
end
local stale = deadline(created, last, expireAfter, absolute) > tonumber(kept[7])
return { now, '', meta, math.max(0, now - last), now - created, expireAfter or '', absolute or '', stale and 1 or 0 }
`)

/**
 * Ends a session.
 *
 *     ARGV  1 reason  2 retainEnded
 *           3 channel  4 name      how messages on the channel name the session
 *           5 'bar'                a key without a record gets a tombstone; else ''
 *           6 renewedAs            the name under which the session goes on, or ''
 *           7 latest               after this moment the script writes nothing; '' for no limit
 *
 *     reply  [now]                 too late, or nothing to end
 *            [now, reason, meta, created, last, expireAfter, absolute]
 *                                  what this call ended
 */
export const endScript = script(`${prelude}
if ARGV[7] ~= '' and now > tonumber(ARGV[7]) then return { now } end
local kept = redis.call('HMGET', key, 'reason', 'meta', 'created', 'last', 'expireAfter', 'absolute')
if kept[1] then return { now } end
if not kept[2] then
  if ARGV[5] == 'bar' then writeEnd('unknown', ARGV[2], ARGV[3], ARGV[4]) end
  return { now }
end
local reason = over(tonumber(kept[3]), tonumber(kept[4]), tonumber(kept[5]), tonumber(kept[6])) or ARGV[1]
writeEnd(reason, ARGV[2], ARGV[3], ARGV[4], ARGV[6] ~= '' and ARGV[6])
return { now, reason, kept[2], kept[3], kept[4], kept[5], kept[6] }
`)

/** ARGV: 1 channel, 2 text. The key only selects the node. Reply: not read. */
export const publishScript = script(`return redis.call('PUBLISH', ARGV[1], ARGV[2])`)

/** Reply: the reason, or null. */
export const reasonScript = script(`return redis.call('HGET', KEYS[1], 'reason')`)

/** Reply: not read. */
export const endNotifiedScript = script(`return redis.call('HDEL', KEYS[1], 'endPending')`)

/** ARGV: 1 forMs. A hash that is gone by now is not created again. Reply: not read. */
export const indexedScript = script(`${prelude}
if redis.call('EXISTS', key) == 1 then redis.call('HSET', key, 'indexed', whole(now + ARGV[1])) end
return 1
`)
