import { mergeRule, type SessionTimes } from '../src/core/mergeRule.js'
import type { EndReason } from '../src/core/wire.js'
import { fail, misspelt, show } from './checkOptions.js'
import { shardedMap } from './shardedMap.js'
import { steadyClock } from './steadyClock.js'
import type { EndedRecord, Found, SessionMeta, SessionStore } from './store.js'
import { subjectIndex } from './subjectIndex.js'

export interface MemoryStoreOptions {
  /**
   * Records, tombstones included, that are kept at most. A full store drops tombstones, and where
   * that is not enough it refuses new sessions: nobody is signed out for somebody else's sake.
   * @default 1000000
   */
  maxSessions?: number
  /**
   * Milliseconds for which the reason of an end is remembered.
   * @default 600000
   */
  retainEnded?: number
  /**
   * Milliseconds, for tests.
   * @default a clock that never goes back
   */
  now?: () => number
}

/** A record; once `reason` is set, its tombstone, and `last` is then the moment of the end. */
export interface Entry extends SessionTimes {
  key: string
  meta: SessionMeta
  reason: EndReason | null
  /** The other living sessions of the subject. */
  next: Entry | null
  previous: Entry | null
}

/** Entries and empty shards: a few milliseconds, and once around a store that is nearly empty. */
const sweepAtOnce = 3_000

const unknown: Found = { state: 'ended', reason: 'unknown', meta: null, first: false }

/** Sessions in this process: one process only, and a restart signs everybody out. */
export function memoryStore(options: MemoryStoreOptions = {}): SessionStore {
  const { maxSessions = 1_000_000, retainEnded = 600_000, now = steadyClock() } = options
  checkOptions(options)
  if (process.env.NODE_ENV === 'production')
    process.emitWarning('session-security: memoryStore() keeps sessions in this process only.')

  const entries = shardedMap<Entry>()
  const subjects = subjectIndex()
  let nextShard = 0

  function bury(entry: Entry, reason: EndReason): EndedRecord {
    const record = { key: entry.key, reason, meta: entry.meta }
    subjects.remove(entry)
    if (reason === 'unknown') entries.delete(entry.key)
    else Object.assign(entry, { reason, last: now() })
    return record
  }

  const overNow = (entry: Entry) => mergeRule(entry, now(), entry.limits, null).ended

  /** One shard; gives what it cost. A full store can't wait for tombstones to age. */
  function sweepShard(isFull: boolean, met: EndedRecord[]): number {
    let visited = 1
    const time = now()
    for (const entry of entries.shard(nextShard)) {
      visited++
      const ended = entry.reason === null ? overNow(entry) : null
      if (ended) met.push(bury(entry, ended))
      if (entry.reason !== null && (isFull || time - entry.last >= retainEnded))
        entries.delete(entry.key)
    }
    nextShard = (nextShard + 1) % entries.shards
    return visited
  }

  /** Sweeps on where it stopped, through so little that nobody notices. */
  function sweepBriefly(isFull: boolean): EndedRecord[] {
    const met: EndedRecord[] = []
    let left = sweepAtOnce
    for (let i = 0; i < entries.shards && left > 0; i++) {
      if (isFull && entries.size < maxSessions) break
      left -= sweepShard(isFull, met)
    }
    return met
  }

  const unheard: EndedRecord[] = []
  function makeRoom() {
    unheard.push(...sweepBriefly(true))
    if (entries.size >= maxSessions)
      throw new Error(`memoryStore() is full: ${maxSessions} sessions`)
  }

  function tombstone({ reason, meta, last, key }: Entry): Found {
    if (reason === null || now() - last < retainEnded)
      return { state: 'ended', reason: reason ?? 'unknown', meta, first: false }
    entries.delete(key)
    return unknown
  }

  function living({ last, created, limits, meta }: Entry, time: number): Found {
    const idle = Math.max(0, time - last)
    return { state: 'active', at: time, idle, age: time - created, limits, meta }
  }

  return {
    shared: false,
    retainEnded,

    create(key, limits, meta, from = { age: 0, idle: 0 }) {
      if (entries.get(key)) return false
      if (entries.size >= maxSessions) makeRoom()
      const time = now()
      const entry: Entry = {
        key,
        meta,
        limits,
        created: time - from.age,
        last: time - from.idle,
        reason: null,
        next: null,
        previous: null,
      }
      entries.set(key, entry)
      subjects.add(entry)
      return true
    },

    look(key) {
      const entry = entries.get(key)
      if (!entry) return unknown
      if (entry.reason !== null) return tombstone(entry)
      const ended = overNow(entry)
      return ended
        ? { state: 'ended', reason: ended, meta: entry.meta, first: false }
        : living(entry, now())
    },

    touch(key, limits, idleFor) {
      const entry = entries.get(key)
      if (!entry) return unknown
      if (entry.reason !== null) return tombstone(entry)
      const time = now()
      const result = mergeRule(entry, time, limits ?? entry.limits, idleFor)
      if (result.ended) {
        bury(entry, result.ended)
        return { state: 'ended', reason: result.ended, meta: entry.meta, first: true }
      }
      entry.last = result.times.last
      entry.limits = result.times.limits
      return living(entry, time)
    },

    end(key, reason) {
      const entry = entries.get(key)
      const alive = entry && entry.reason === null
      return { confirmed: true, ended: alive ? bury(entry, overNow(entry) ?? reason) : null }
    },

    endSubject: (subject, reason) => ({
      confirmed: true,
      ended: subjects.of(subject).map((entry) => bury(entry, overNow(entry) ?? reason)),
    }),

    sweep: () => [...unheard.splice(0), ...sweepBriefly(false)],
  }
}

function checkOptions(options: MemoryStoreOptions): void {
  const mistakes = misspelt({ ...options }, ['maxSessions', 'retainEnded', 'now'], '')
  for (const name of ['maxSessions', 'retainEnded'] as const) {
    const value = options[name]
    if (value !== undefined && !(Number.isSafeInteger(value) && value > 0))
      mistakes.push(`${name} has to be a whole number above 0, not ${show(value)}`)
  }
  if (options.now !== undefined && typeof options.now !== 'function')
    mistakes.push(`now has to be a function, not ${show(options.now)}`)
  if (mistakes.length > 0) fail('memoryStore', mistakes)
}
