import { notifyLeaseMs } from '../store.js'
import { addScript, dueScript, removeScript } from './indexScripts.js'
import type { RedisPort } from './redisPort.js'

const buckets = 16
/** Where nobody swept for this long, the ends are gone unmet. */
const graceMs = 86_400_000

/**
 * When to look at each session next: written at its start and by the sweep, never by a report, so
 * that a report stays one command to one key. In some buckets, so that a cluster shares the work.
 */
export function dueIndex(port: RedisPort, prefix: string) {
  const at = (bucket: number) => `${prefix}due:${bucket}`
  const bucketOf = (key: string) => at((key.charCodeAt(0) ^ key.charCodeAt(1)) % buckets)
  return {
    add: (key: string, inMs: number) =>
      port.run(addScript, bucketOf(key), [key, Math.max(0, Math.ceil(inMs)), graceMs]),
    /** At a moment of Redis' clock. */
    addAt: (key: string, moment: number) =>
      port.run(addScript, bucketOf(key), [key, '', graceMs, Math.ceil(moment)]),
    remove: (key: string) => port.run(removeScript, bucketOf(key), [key]),
    async take(limit = 32): Promise<string[]> {
      const all = Array.from({ length: buckets }, (_, bucket) =>
        port.run(dueScript, at(bucket), [limit, notifyLeaseMs]),
      )
      return ((await Promise.all(all)) as string[][]).flat()
    },
  }
}
