import { script } from './redisPort.js'

/** An index is a sorted set: the keys of sessions, each with the moment until which it counts. */
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
 * Two values: whether this node evicts keys ('yes', 'no', or 'unknown' if the script may not ask),
 * and how many keys it has evicted, as text.
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
 * Adds a session. Members whose time and grace have passed are dropped. The index expires with its
 * last member.
 *
 *     ARGV   1 session key  2 forMs  3 graceMs  4 the moment itself instead of forMs, or nothing
 *     reply  not read
 */
export const addScript = script(`${prelude}
redis.call('ZREMRANGEBYSCORE', key, '-inf', whole(now - ARGV[3]))
local untilThen = tonumber(ARGV[4]) or now + ARGV[2]
redis.call('ZADD', key, whole(untilThen), ARGV[1])
keepFor(math.max(0, untilThen - now) + ARGV[3])
return 1
`)

/** ARGV: session keys. Reply: not read. */
export const removeScript = script(`return redis.call('ZREM', KEYS[1], unpack(ARGV))`)

/**
 * Takes keys that are due, and makes each due again after the lease. So only one of two sweepers gets
 * a key, and a sweeper that dies loses none.
 *
 *     ARGV   1 limit  2 leaseMs
 *     reply  session keys
 */
export const dueScript = script(`${prelude}
local due = redis.call('ZRANGEBYSCORE', key, '-inf', whole(now), 'LIMIT', 0, ARGV[1])
for _, member in ipairs(due) do redis.call('ZADD', key, 'XX', whole(now + ARGV[2]), member) end
return due
`)

/**
 * A member of a subject's index that is no session. Its score is the moment of the last `endSubject`,
 * negated. No session has this key.
 */
const mark = '=ended'

/**
 * Adds a session to its subject's index. It refuses a renewed session that was created before the
 * last call of `endSubject`.
 *
 *     ARGV   1 session key  2 forMs  3 created, '' if not renewed  4 'ask' to learn of evictions
 *     reply  [added 0 or 1, evicts]
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

/** Sets the mark. ARGV: 1 how long it has to stay, in ms. Reply: not read. */
export const markScript = script(`${prelude}
redis.call('ZADD', key, whole(-now), '${mark}')
keepFor(tonumber(ARGV[1]))
return 1
`)

/**
 * A part of a subject's index. A session that is in the index from the first part to the last is in
 * at least one of them.
 *
 *     ARGV   1 cursor  2 about how many
 *     reply  [next cursor, session keys]; the cursor '0' means that this was the last part
 */
export const scanScript = script(`
local found = redis.call('ZSCAN', KEYS[1], ARGV[1], 'COUNT', ARGV[2])
local members = {}
for i = 1, #found[2], 2 do
  if found[2][i] ~= '${mark}' then members[#members + 1] = found[2][i] end
end
return { found[1], members }
`)

/** Reply: `[evicts, how many were evicted]`. */
export const evictionScript = script(`${evictions}
local evicts, evicted = evictions()
return { evicts, evicted }
`)
