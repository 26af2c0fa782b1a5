import { script } from './redisPort.js'

/**
 * A session is one hash: created, last, expireAfter, absolute (ms; '' is off), meta (JSON),
 * indexed (until when its subject's index knows it), and once it is over reason and, until `onEnd`
 * has been told, untold (since when).
 *
 * TIME inside the script is the only clock. `over` is the first half of the merge rule.
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
local function bury(reason, retainEnded)
  redis.call('HSET', key, 'reason', reason, 'untold', whole(now))
  redis.call('PEXPIRE', key, retainEnded)
end
`

/** ARGV: expireAfter, absolute, meta, age, idle, retainEnded, indexedFor. */
export const createScript = script(`${prelude}
if redis.call('EXISTS', key) == 1 then return 0 end
local expireAfter, absolute = tonumber(ARGV[1]), tonumber(ARGV[2])
local created, last = now - ARGV[4], now - ARGV[5]
redis.call('HSET', key, 'created', whole(created), 'last', whole(last), 'expireAfter', ARGV[1],
  'absolute', ARGV[2], 'meta', ARGV[3], 'indexed', whole(now + ARGV[7]))
local left = math.max(0, deadline(created, last, expireAfter, absolute) - now)
redis.call('PEXPIRE', key, whole(left + ARGV[6]))
return 1
`)

/**
 * ARGV: 'look', 'touch' or 'sweep', 'keep' or 'adopt', expireAfter, absolute, idleFor or '',
 * retainEnded, untoldLease, the last moment for it.
 * Gives the time, and where it is past that moment nothing else; else nothing, or reason, meta,
 * first for an end, or '', meta, idle, age, expireAfter, absolute, stale, where stale asks for the
 * subject's index to be told that the session lives on.
 */
export const touchScript = script(`${prelude}
if now > tonumber(ARGV[8]) then return { now } end
local kept = redis.call('HMGET', key, 'reason', 'meta', 'created', 'last', 'expireAfter', 'absolute', 'indexed', 'untold')
local meta = kept[2]
if not meta then return { now } end
if kept[1] then
  local again = ARGV[1] == 'sweep' and kept[8] and now - kept[8] >= tonumber(ARGV[7])
  if again then redis.call('HSET', key, 'untold', whole(now)) end
  return { now, kept[1], meta, again and 1 or 0 }
end
local created, last = tonumber(kept[3]), tonumber(kept[4])
local expireAfter, absolute = tonumber(kept[5]), tonumber(kept[6])
local writes = ARGV[1] ~= 'look'
local ended = over(created, last, expireAfter, absolute)
if not ended and writes then
  local changed = false
  if ARGV[2] == 'adopt' and (ARGV[3] ~= kept[5] or ARGV[4] ~= kept[6]) then
    expireAfter, absolute = tonumber(ARGV[3]), tonumber(ARGV[4])
    changed = true
  end
  if ARGV[5] ~= '' then
    local claimed = math.min(now, math.max(created, now - ARGV[5]))
    if claimed > last then
      last = claimed
      changed = true
    end
  end
  ended = over(created, last, expireAfter, absolute)
  if changed and not ended then
    redis.call('HSET', key, 'last', whole(last), 'expireAfter', expireAfter and whole(expireAfter) or '',
      'absolute', absolute and whole(absolute) or '')
    redis.call('PEXPIRE', key, whole(deadline(created, last, expireAfter, absolute) - now + ARGV[6]))
  end
end
if ended then
  if writes then bury(ended, ARGV[6]) end
  return { now, ended, meta, writes and 1 or 0 }
end
local stale = deadline(created, last, expireAfter, absolute) > tonumber(kept[7])
return { now, '', meta, math.max(0, now - last), now - created, expireAfter or '', absolute or '', stale and 1 or 0 }
`)

/** ARGV: reason, retainEnded. Gives nothing, or the reason and the meta of what this call ended. */
export const endScript = script(`${prelude}
local kept = redis.call('HMGET', key, 'reason', 'meta', 'created', 'last', 'expireAfter', 'absolute')
if not kept[2] or kept[1] then return {} end
local reason = over(tonumber(kept[3]), tonumber(kept[4]), tonumber(kept[5]), tonumber(kept[6])) or ARGV[1]
if reason == 'unknown' then
  redis.call('DEL', key)
else
  bury(reason, ARGV[2])
end
return { reason, kept[2] }
`)

export const toldScript = script(`return redis.call('HDEL', KEYS[1], 'untold')`)

/** ARGV: forMs. A session that ended meanwhile is not made anew. */
export const indexedScript = script(`${prelude}
if redis.call('EXISTS', key) == 1 then redis.call('HSET', key, 'indexed', whole(now + ARGV[1])) end
return 1
`)

/**
 * An index: keys of sessions, each with the moment until which it counts. What is older than the
 * grace is dropped, and the index itself goes with its last member.
 * ARGV: session key, forMs, graceMs.
 */
export const addScript = script(`${prelude}
redis.call('ZREMRANGEBYSCORE', key, '-inf', whole(now - ARGV[3]))
redis.call('ZADD', key, whole(now + ARGV[2]), ARGV[1])
if redis.call('PTTL', key) < ARGV[2] + ARGV[3] then redis.call('PEXPIRE', key, whole(ARGV[2] + ARGV[3])) end
return 1
`)

/** ARGV: session keys. */
export const removeScript = script(`return redis.call('ZREM', KEYS[1], unpack(ARGV))`)

export const membersScript = script(`return redis.call('ZRANGE', KEYS[1], 0, -1)`)

/**
 * What is due, at most so many; each is due again after the lease, so that of two sweepers one gets
 * it, and a sweeper that dies loses nothing. ARGV: limit, leaseMs.
 */
export const dueScript = script(`${prelude}
local due = redis.call('ZRANGEBYSCORE', key, '-inf', whole(now), 'LIMIT', 0, ARGV[1])
for _, member in ipairs(due) do redis.call('ZADD', key, 'XX', whole(now + ARGV[2]), member) end
return due
`)
