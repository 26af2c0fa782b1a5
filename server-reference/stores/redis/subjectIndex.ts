import { createHash } from 'node:crypto'
import {
  evictionScript,
  indexScript,
  markScript,
  removeScript,
  scanScript,
} from './indexScripts.js'
import type { RedisPort } from './redisPort.js'

const partSize = 200
/** For how long after `endSubject` a renewal that was under way is refused, in ms, at least. */
const markMs = 60_000

/**
 * The sessions of each subject, in a key of their own: in a cluster it lies wherever it lies.
 * `mayEvict` false: Redis is known to evict nothing, and is not asked.
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
    /** The index may be evicted, so it has to be used as often as its sessions are. Until Redis said no. */
    get cools() {
      return evicts
    },

    /** `created` for a session that was renewed: `false` where `endSubject` came in between. */
    async add(subject: string, key: string, forMs: number, created: number | null = null) {
      const args = [key, forMs, created ?? '', mayEvict ? 'ask' : '']
      const [added, answer] = (await port.run(indexScript, at(subject), args)) as [number, string]
      evicts = answer !== 'no'
      return added === 1
    },

    mark: (subject: string) =>
      port.run(markScript, at(subject), [Math.max(markMs, retainEnded)]) as Promise<number>,

    async some(subject: string, cursor: string) {
      const found = await port.run(scanScript, at(subject), [cursor, partSize])
      const [next, keys] = found as [string, string[]]
      return { keys, next }
    },

    async remove(subject: string, keys: string[]) {
      // In parts: Lua takes only so many arguments.
      for (let i = 0; i < keys.length; i += 1_000)
        await port.run(removeScript, at(subject), keys.slice(i, i + 1_000))
    },

    /** Throws where sessions may be missing. */
    async requireComplete(subject: string): Promise<void> {
      if (!mayEvict) return
      const found = (await port.run(evictionScript, at(subject))) as [string, string]
      if (found[0] === 'unknown')
        throw new Error(
          'Redis does not say whether it evicts keys: sessions of this subject may be left. ' +
            'Allow INFO in scripts, or give redisStore evicts: false where maxmemory-policy is noeviction.',
        )
      if (found[1] !== '0')
        throw new Error(
          `Redis evicted ${found[1]} keys: sessions of this subject may be left, unknown to its index. ` +
            'Set maxmemory-policy to noeviction, and CONFIG RESETSTAT once all present sessions are over.',
        )
    },
  }
}
