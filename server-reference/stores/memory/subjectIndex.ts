import type { Entry } from './memoryStore.js'
import { shardedMap } from './shardedMap.js'

/**
 * The living sessions of each subject, as a chain through the entries. Nearly every subject has
 * one session, and a Set per subject would need more memory than the session.
 */
export function subjectIndex() {
  const heads = shardedMap<Entry>()
  return {
    add(entry: Entry) {
      const head = heads.get(entry.meta.subject) ?? null
      entry.next = head
      if (head) head.previous = entry
      heads.set(entry.meta.subject, entry)
    },
    remove(entry: Entry) {
      const { next, previous } = entry
      if (next) next.previous = previous
      if (previous) previous.next = next
      else if (next) heads.set(entry.meta.subject, next)
      else heads.delete(entry.meta.subject)
      entry.next = null
      entry.previous = null
    },
    /** At most this many sessions that were created until that moment. */
    some(subject: string, until: number, most: number): Entry[] {
      const found: Entry[] = []
      let entry = heads.get(subject) ?? null
      while (entry && found.length < most) {
        if (entry.created <= until) found.push(entry)
        entry = entry.next
      }
      return found
    },
  }
}
