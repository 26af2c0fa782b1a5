import { collectMistakes } from '../../../src/options/optionMistakes.js'
import { aCount, aDuration, aFunction, checkRules, type Rules } from '../../../src/options/rules.js'
import { mergeRule, type SessionTimes } from '../../../src/protocol/mergeRule.js'
import { steadyClock } from '../steadyClock.js'
import type { EndedRecord, Found, RecordedReason, SessionMeta, SessionStore } from '../store.js'
import { shardedMap } from './shardedMap.js'
import { subjectIndex } from './subjectIndex.js'

export interface MemoryStoreOptions {
  /**
   * The maximum number of records, tombstones included. A full store drops tombstones. If that is
   * not enough, it refuses new sessions: no user is signed out in favour of another.
   * @default 1000000
   */
  maxSessions?: number
  /**
   * How long (ms) the reason of an end is remembered.
   * @default 600000
   */
  retainEnded?: number
  /**
   * Milliseconds, for tests.
   * @default a clock that never goes back
   */
  now?: () => number
}

/** A record. Once `reason` is set it is a tombstone, and `last` is the moment of the end. */
export interface Entry extends SessionTimes {
  key: string
  meta: SessionMeta
  reason: RecordedReason | null
  /** The other living sessions of the subject. */
  next: Entry | null
  previous: Entry | null
}

/** How many entries and empty shards a sweep visits: a few milliseconds of work. */
const sweepAtOnce = 3_000

/** How many sessions of one subject one call ends: a few milliseconds of work, `onEnd` included. */
const endAtOnce = 250

const unknown: Found = { state: 'ended', reason: 'unknown', meta: null, first: false }

/** Keeps sessions in this process. For one process only; a restart signs everybody out. */
export function memoryStore(options: MemoryStoreOptions = {}): SessionStore {
  const { maxSessions = 1_000_000, retainEnded = 600_000, now = steadyClock() } = options
  checkOptions(options)
  if (process.env.NODE_ENV === 'production')
    process.emitWarning('session-security: memoryStore() keeps sessions in this process only.')

  const entries = shardedMap<Entry>()
  const subjects = subjectIndex()
  let nextShard = 0

  function writeEnd(entry: Entry, reason: RecordedReason): EndedRecord {
    subjects.remove(entry)
    Object.assign(entry, { reason, last: now() })
    return { key: entry.key, reason, meta: entry.meta }
  }

  const overNow = (entry: Entry) => mergeRule(entry, now(), entry.limits, null).ended

  /** Sweeps one shard and returns its cost. A full store drops tombstones early. */
  function sweepShard(isFull: boolean, met: EndedRecord[]): number {
    let visited = 1
    const time = now()
    for (const entry of entries.shard(nextShard)) {
      visited++
      const ended = entry.reason === null ? overNow(entry) : null
      if (ended) met.push(writeEnd(entry, ended))
      if (entry.reason !== null && (isFull || time - entry.last >= retainEnded))
        entries.delete(entry.key)
    }
    nextShard = (nextShard + 1) % entries.shards
    return visited
  }

  /** Continues the sweep, with so little work that nobody notices. */
  function sweepBriefly(isFull: boolean): EndedRecord[] {
    const met: EndedRecord[] = []
    for (let visited = 0; visited < sweepAtOnce; visited += sweepShard(isFull, met))
      if (isFull && entries.size < maxSessions) break
    return met
  }

  const unheard: EndedRecord[] = []
  function makeRoom() {
    unheard.push(...sweepBriefly(true))
    if (entries.size >= maxSessions)
      throw new Error(`memoryStore() is full: ${maxSessions} sessions`)
  }

  /** The record under this key. A tombstone past its time does not count. */
  function get(key: string): Entry | undefined {
    const entry = entries.get(key)
    if (!entry || entry.reason === null || now() - entry.last < retainEnded) return entry
    entries.delete(key)
    return undefined
  }

  const over = (reason: RecordedReason, meta: SessionMeta, first: boolean): Found =>
    reason === 'unknown' ? unknown : { state: 'ended', reason, meta, first }

  function living({ last, created, limits, meta }: Entry, time: number): Found {
    const idle = Math.max(0, time - last)
    return { state: 'active', at: Math.floor(time), idle, age: time - created, limits, meta }
  }

  function add(key: string, meta: SessionMeta, times: SessionTimes): void {
    makeRoom()
    const entry: Entry = { key, meta, ...times, reason: null, next: null, previous: null }
    entries.set(key, entry)
    subjects.add(entry)
  }

  return {
    shared: false,
    retainEnded,

    create(key, limits, meta, _within, from) {
      if (get(key)) return null
      const time = now()
      add(key, meta, { created: time, last: time, ...from, limits })
      return Math.floor(time)
    },

    rotate(from, to, meta) {
      const old = get(from)
      if (!old || old.reason !== null) return { renewed: false, ended: null }
      const reason = overNow(old)
      // In a tombstone this is the moment of the end.
      const { last } = old
      const ended = writeEnd(old, reason ?? 'unknown')
      if (reason) return { renewed: false, ended }
      if (get(to)) return { renewed: false, ended: null }
      // A full store must at least have room for the new key.
      if (entries.size >= maxSessions) entries.delete(from)
      const { created, limits } = old
      add(to, meta, { created, last, limits })
      return { renewed: true, ended: null }
    },

    look(key) {
      const entry = get(key)
      if (!entry) return unknown
      const reason = entry.reason ?? overNow(entry)
      return reason ? over(reason, entry.meta, false) : living(entry, now())
    },

    touch(key, limits, idleFor) {
      const entry = get(key)
      if (!entry) return unknown
      if (entry.reason !== null) return over(entry.reason, entry.meta, false)
      const time = now()
      const result = mergeRule(entry, time, limits ?? entry.limits, idleFor)
      if (result.ended) {
        writeEnd(entry, result.ended)
        return over(result.ended, entry.meta, true)
      }
      entry.last = result.times.last
      entry.limits = result.times.limits
      return living(entry, time)
    },

    end(key, reason) {
      const entry = get(key)
      const alive = entry && entry.reason === null
      return { confirmed: true, ended: alive ? writeEnd(entry, overNow(entry) ?? reason) : null }
    },

    gaveUp: (key) => get(key)?.reason === 'unknown',

    endSubject(subject, reason, next) {
      // Sessions that start meanwhile do not count. One that is renewed meanwhile keeps its
      // start.
      const until = next === undefined ? now() : Number(next)
      const part = subjects.some(subject, until, endAtOnce)
      const ended = part.map((entry) => writeEnd(entry, overNow(entry) ?? reason))
      return { confirmed: true, ended, next: part.length < endAtOnce ? null : until }
    },

    sweep: () => [...unheard.splice(0), ...sweepBriefly(false)],
  }
}

const rules: Rules<MemoryStoreOptions> = {
  maxSessions: aCount(1),
  retainEnded: aDuration,
  now: aFunction,
}

function checkOptions(options: MemoryStoreOptions): void {
  const mistakes = collectMistakes('memoryStore')
  mistakes.unknown({ ...options }, Object.keys(rules))
  checkRules({ ...options }, rules, mistakes)
  mistakes.check()
}
