import { script } from './redisPort.js'

/** An index is a sorted set: keys of sessions, each with the moment until which it counts. */
const prelude = `
local key = KEYS[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function whole(number) return string.format('%.0f', number) end
local function keepFor(ms)
  if redis.call('PTTL', key) < ms then redis.call('PEXPIRE', key, whole(ms)) end
end
`

/**
 * Whether this node evicts keys, and how many it has evicted: 'yes', 'no' or 'unknown' where it may
 * not be asked.
 */
const evictions = `
local function field(section, name)
  local info = redis.pcall('INFO', section)
  return type(info) == 'string' and string.match(info, '\\n' .. name .. ':([^\\r\\n]*)')
end
local function evictions()
  local policy, limit, evicted =
    field('memory', 'maxmemory_policy'), field('memory', 'maxmemory'), field('stats', 'evicted_keys')
  if not (policy and limit and evicted) then return 'unknown', '0' end
  return (policy == 'noeviction' or limit == '0') and 'no' or 'yes', evicted
end
`

/**
 * Members past their time and grace are dropped, and the index itself goes with its last member.
 * ARGV: session key, forMs, graceMs, and instead of forMs perhaps the moment itself.
 */
export const addScript = script(`${prelude}
redis.call('ZREMRANGEBYSCORE', key, '-inf', whole(now - ARGV[3]))
local untilThen = tonumber(ARGV[4]) or now + ARGV[2]
redis.call('ZADD', key, whole(untilThen), ARGV[1])
keepFor(math.max(0, untilThen - now) + ARGV[3])
return 1
`)

/** ARGV: session keys. */
export const removeScript = script(`return redis.call('ZREM', KEYS[1], unpack(ARGV))`)

/**
 * Takes at most `limit` keys that are due, and makes each due again after the lease. So one of two
 * sweepers gets a key, and a sweeper that dies loses none. ARGV: limit, leaseMs.
 */
export const dueScript = script(`${prelude}
local due = redis.call('ZRANGEBYSCORE', key, '-inf', whole(now), 'LIMIT', 0, ARGV[1])
for _, member in ipairs(due) do redis.call('ZADD', key, 'XX', whole(now + ARGV[2]), member) end
return due
`)

/**
 * In a subject's index: the member whose score is the negative of when `endSubject` was last called.
 * No key of a session looks like it.
 */
const mark = '=ended'

/**
 * Adds a session to its subject's index. One that was renewed, but created before `endSubject` was
 * called, is refused. ARGV: session key, forMs, created or '', 'ask' for evictions.
 * Gives `[added 0 or 1, evicts]`.
 */
export const indexScript = script(`${prelude}${evictions}
local evicts = ARGV[4] == 'ask' and evictions() or 'no'
local mark = redis.call('ZSCORE', key, '${mark}')
if mark and ARGV[3] ~= '' and tonumber(ARGV[3]) <= -mark then return { 0, evicts } end
redis.call('ZREMRANGEBYSCORE', key, 0, whole(now))
redis.call('ZADD', key, whole(now + ARGV[2]), ARGV[1])
keepFor(tonumber(ARGV[2]))
return { 1, evicts }
`)

/** Sets the mark. ARGV: for how many ms it has to stay. */
export const markScript = script(`${prelude}
redis.call('ZADD', key, whole(-now), '${mark}')
keepFor(tonumber(ARGV[1]))
return 1
`)

/**
 * A part of a subject's index. Whatever is in it from the first part to the last is in one of them.
 * ARGV: cursor, about how many. Gives `[cursor, sessions]`; with the cursor '0' it was the last part.
 */
export const scanScript = script(`
local found = redis.call('ZSCAN', KEYS[1], ARGV[1], 'COUNT', ARGV[2])
local members = {}
for i = 1, #found[2], 2 do
  if found[2][i] ~= '${mark}' then members[#members + 1] = found[2][i] end
end
return { found[1], members }
`)

/** Gives `[evicts, how many were evicted]`. */
export const evictionScript = script(`${evictions}
local evicts, evicted = evictions()
return { evicts, evicted }
`)
