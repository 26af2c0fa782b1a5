import { createHash } from 'node:crypto'
import type { Limits } from '../../../src/protocol/mergeRule.js'
import {
  evictionScript,
  indexScript,
  markScript,
  removeScript,
  scanScript,
} from './indexScripts.js'
import type { RedisPort } from './redisPort.js'

const dayMs = 86_400_000
/** About how many sessions one call of `some` gives. */
const partSize = 200
/** At least this long after `endSubject`, in ms, the index refuses renewals that had begun before. */
const minMarkMs = 60_000

/**
 * How long a subject's index has to know a session, in ms: with an absolute end, until after that;
 * else long enough that activity renews it in time.
 */
export const indexMs = ({ expireAfter, absolute }: Limits) =>
  (absolute ?? 2 * (expireAfter ?? 0)) + dayMs

type IndexReply = [added: 0 | 1, evicts: string]
type ScanReply = [nextCursor: string, keys: string[]]
type EvictionReply = [evicts: string, evicted: string]

/**
 * The sessions of each subject, in one key for each subject. In a cluster it may be on another node
 * than the sessions. With `mayEvict` false, Redis is known to evict nothing, and is not asked.
 */
export function subjectIndex(
  port: RedisPort,
  prefix: string,
  { retainEnded, mayEvict }: { retainEnded: number; mayEvict: boolean },
) {
  let evicts = mayEvict
  const at = (subject: string) =>
    `${prefix}subject:${createHash('sha256').update(subject).digest('base64url')}`

  return {
    /**
     * Redis may evict the index as little used, so each use of a session has to use it, too. True
     * until Redis says that it evicts nothing.
     */
    get needUse() {
      return evicts
    },

    /** Give `created` for a renewed session; `false` if `endSubject` was called since then. */
    async add(subject: string, key: string, forMs: number, created: number | null = null) {
      const args = [key, forMs, created ?? '', mayEvict ? 'ask' : '']
      const [added, answer] = (await port.run(indexScript, at(subject), args)) as IndexReply
      evicts = answer !== 'no'
      return added === 1
    },

    mark: (subject: string) =>
      port.run(markScript, at(subject), [Math.max(minMarkMs, retainEnded)]) as Promise<number>,

    async some(subject: string, cursor: string) {
      const found = await port.run(scanScript, at(subject), [cursor, partSize])
      const [next, keys] = found as ScanReply
      return { keys, next }
    },

    async remove(subject: string, keys: string[]) {
      // In parts, because Lua limits the number of arguments.
      for (let i = 0; i < keys.length; i += 1_000)
        await port.run(removeScript, at(subject), keys.slice(i, i + 1_000))
    },

    /** Throws if sessions may be missing from the index. */
    async requireComplete(subject: string): Promise<void> {
      if (!mayEvict) return
      const [evictsNow, evicted] = (await port.run(evictionScript, at(subject))) as EvictionReply
      if (evictsNow === 'unknown')
        throw new Error(
          'Redis does not say whether it evicts keys: sessions of this subject may be left. ' +
            'Allow INFO in scripts, or give redisStore evicts: false where maxmemory-policy is noeviction.',
        )
      if (evicted !== '0')
        throw new Error(
          `Redis evicted ${evicted} keys: sessions of this subject may be left, unknown to its index. ` +
            'Set maxmemory-policy to noeviction, and CONFIG RESETSTAT once all present sessions are over.',
        )
    },
  }
}
