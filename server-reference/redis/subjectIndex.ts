import { createHash } from 'node:crypto'
import type { RedisPort } from './redisPort.js'
import { addScript, membersScript, removeScript } from './scripts.js'

/** The sessions of each subject, in a key of their own: in a cluster it lies wherever it lies. */
export function subjectIndex(port: RedisPort, prefix: string) {
  const at = (subject: string) =>
    `${prefix}subject:${createHash('sha256').update(subject).digest('base64url')}`
  return {
    add: (subject: string, key: string, forMs: number) =>
      port.run(addScript, at(subject), [key, forMs, 0]),
    keys: async (subject: string) => (await port.run(membersScript, at(subject), [])) as string[],
    async remove(subject: string, keys: string[]) {
      // In parts: Lua takes only so many arguments.
      for (let i = 0; i < keys.length; i += 1_000)
        await port.run(removeScript, at(subject), keys.slice(i, i + 1_000))
    },
  }
}
