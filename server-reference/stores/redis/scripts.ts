import { script } from './redisPort.js'

/**
 * A session is one hash: created, last, expireAfter, absolute (ms; '' is off), meta (JSON),
 * indexed (until when its subject's index knows it), and once it is over reason and, until `onEnd`
 * has been told, endPending (since when). A hash with nothing but a reason bars its key.
 *
 * TIME inside the script is the only clock. `over` is the first half of the merge rule. `writeEnd` is
 * the one place where an end is written; and told, on a channel, to who watches the session.
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
  -- A user that may not publish can end sessions all the same.
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
 * ARGV: expireAfter, absolute, meta, created or '', last or '', retainEnded, indexedFor, the last
 * moment for it.
 *
 *     [now]            too late
 *     [now, 'made']
 *     [now, 'used']    the key has a record
 *     [now, 'barred']  the key has a tombstone without a reason
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
 * ARGV: 'look', 'touch' or 'sweep', expireAfter, absolute (both '': as they are), idleFor or '',
 * retainEnded, notifyLeaseMs, channel, the session's name there, the last moment for it.
 *
 *     [now]                                                      too late, or nothing there
 *     [now, reason, meta, first]                                 over
 *     [now, '', meta, idle, age, expireAfter, absolute, stale]   alive; stale 1: renew its place in
 *                                                                the subject's index
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
 * ARGV: reason, retainEnded, channel, the session's name there, 'bar' where a key that has nothing
 * yet may not get anything either, the new name or '', the last moment for it or ''.
 *
 *     [now]                                                         too late, or nothing to end
 *     [now, reason, meta, created, last, expireAfter, absolute]     what this call ended
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

/** ARGV: channel, text. The key only leads to a node. */
export const publishScript = script(`return redis.call('PUBLISH', ARGV[1], ARGV[2])`)

export const reasonScript = script(`return redis.call('HGET', KEYS[1], 'reason')`)

export const endNotifiedScript = script(`return redis.call('HDEL', KEYS[1], 'endPending')`)

/** ARGV: forMs. A session that ended meanwhile is not made anew. */
export const indexedScript = script(`${prelude}
if redis.call('EXISTS', key) == 1 then redis.call('HSET', key, 'indexed', whole(now + ARGV[1])) end
return 1
`)
