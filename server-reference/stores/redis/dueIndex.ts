import type { Limits } from '../../../src/protocol/mergeRule.js'
import { notifyLeaseMs } from '../store.js'
import { addScript, dueScript, removeScript } from './indexScripts.js'
import type { RedisPort } from './redisPort.js'

const buckets = 16
/** If no process swept for this long, in ms, sessions are forgotten without a call of `onEnd`. */
const graceMs = 86_400_000

/**
 * When the sweep has to look at each session next. Creation, ends and the sweep write it. A report
 * does not, and so stays one command to one key. Several buckets let the nodes of a cluster share the
 * work.
 */
export function dueIndex(port: RedisPort, prefix: string) {
  const at = (bucket: number) => `${prefix}due:${bucket}`
  const bucketOf = (key: string) => at((key.charCodeAt(0) ^ key.charCodeAt(1)) % buckets)
  return {
    add: (key: string, inMs: number) =>
      port.run(addScript, bucketOf(key), [key, Math.max(0, Math.ceil(inMs)), graceMs]),
    /** `moment` is on Redis' clock, in ms. */
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

/** How long a session lives without further activity, in ms. */
export const remainingMs = (
  { expireAfter, absolute }: Limits,
  { idle, age }: { idle: number; age: number },
) => Math.min((expireAfter ?? Infinity) - idle, (absolute ?? Infinity) - age)
