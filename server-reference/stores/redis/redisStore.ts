import type { Limits } from '../../../src/protocol/mergeRule.js'
import { keepSubscribed } from '../keepSubscribed.js'
import { inTime, patience } from '../lateReports.js'
import {
  type EndedRecord,
  type Found,
  type Moments,
  notifyLeaseMs,
  type RecordedReason,
  type SessionMeta,
  type SessionStore,
} from '../store.js'
import { dueIndex } from './dueIndex.js'
import { openSubscriber } from './openSubscriber.js'
import { checkRedisOptions, type RedisStoreOptions } from './redisOptions.js'
import { type RedisClient, redisPort, type Script } from './redisPort.js'
import {
  createScript,
  endNotifiedScript,
  endScript,
  indexedScript,
  publishScript,
  reasonScript,
  touchScript,
} from './scripts.js'
import { subjectIndex } from './subjectIndex.js'

const day = 86_400_000
/** The last step of `endSubject`. */
const complete = 'complete?'
const unknown: Found = { state: 'ended', reason: 'unknown', meta: null, first: false }

/**
 * Sessions in Redis or Valkey, a cluster too: one hash a session, one script and one round trip a
 * report, and the server's own time as the only clock. Works with the ioredis or node-redis client
 * that the app has.
 *
 * @throws TypeError naming every mistake in the options.
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions = {}): SessionStore {
  checkRedisOptions(client, options)
  const { prefix = 'session-security:', retainEnded = 600_000, maxPending = 10_000 } = options
  const { confirmReplicas = 0, confirmWithin = 100, evicts } = options
  const port = redisPort(client, maxPending)
  const runInTime = inTime()
  const subjects = subjectIndex(port, prefix, { retainEnded, mayEvict: evicts !== false })
  const due = dueIndex(port, prefix)
  const at = (key: string) => prefix + key
  const channel = `${prefix}ends`

  type Reply = (string | number)[]
  /** `[now]` is the whole reply where it came too late. */
  const run = (one: Script, key: string, args: Reply, within: number) =>
    runInTime(
      within,
      (last) => port.run(one, at(key), [...args, last]) as Promise<Reply>,
      ([time]) => Number(time),
    )

  async function merge(
    key: string,
    how: 'look' | 'touch' | 'sweep',
    limits: Limits | null,
    idleFor: number | null,
  ): Promise<Found> {
    const claimed = idleFor === null ? '' : Math.ceil(idleFor)
    const asked = [how, ...(limits ? toTexts(limits) : ['', '']), claimed]
    const args = [...asked, retainEnded, notifyLeaseMs, channel, key]
    const found = await run(touchScript, key, args, patience)
    const [time, reason, metaText, third, age, expireAfter, absolute, stale] = found
    if (reason === undefined) return unknown
    const meta: SessionMeta = JSON.parse(String(metaText))
    if (reason !== '')
      return { state: 'ended', reason: reason as RecordedReason, meta, first: third === 1 }
    const kept = { expireAfter: fromText(expireAfter), absolute: fromText(absolute) }
    if (stale === 1 || subjects.cools) {
      const forMs = indexFor(kept)
      await subjects.add(meta.subject, key, forMs)
      if (stale === 1) await port.run(indexedScript, at(key), [forMs])
    }
    const times = { at: Number(time), idle: Number(third), age: Number(age) }
    return { state: 'active', ...times, limits: kept, meta }
  }

  /** Gives the store's time, or why there is no new session. */
  async function create(
    key: string,
    limits: Limits,
    meta: SessionMeta,
    within: number,
    from: Moments | null,
    isRenewal: boolean,
  ): Promise<number | 'used' | 'barred'> {
    const until = performance.now() + within
    const forMs = indexFor(limits)
    // The indexes first: a session that they don't know could not be signed out everywhere.
    const [isIndexed] = await Promise.all([
      subjects.add(meta.subject, key, forMs, isRenewal && from ? from.created : null),
      from
        ? due.addAt(key, remaining(limits, { idle: -from.last, age: -from.created }))
        : due.add(key, remaining(limits, { idle: 0, age: 0 })),
    ])
    if (!isIndexed) return 'barred'
    const times = [from?.created ?? '', from?.last ?? '']
    const args = [...toTexts(limits), JSON.stringify(meta), ...times, retainEnded, forMs]
    const [time, made] = await run(createScript, key, args, until - performance.now())
    return made === 'made' ? Number(time) : (made as 'used' | 'barred')
  }

  async function end(key: string, reason: RecordedReason, bar = ''): Promise<EndedRecord | null> {
    // First, so that the sweep comes by even where this process dies in between.
    if (reason !== 'unknown') await due.add(key, notifyLeaseMs)
    const args = [reason, retainEnded, channel, key, bar, '', '']
    const [, ended, meta] = (await port.run(endScript, at(key), args)) as string[]
    return toRecord(key, ended, meta)
  }

  async function isConfirmed(keys: string[]): Promise<boolean> {
    if (confirmReplicas === 0) return true
    for (const key of keys)
      if ((await port.wait(at(key), confirmReplicas, confirmWithin)) < confirmReplicas) return false
    return true
  }

  return {
    shared: true,
    retainEnded,

    async create(key, limits, meta, within = patience, from = undefined) {
      const created = await create(key, limits, meta, within, from ?? null, false)
      return typeof created === 'number' ? created : null
    },

    async rotate(from, to, meta, within = patience) {
      const until = performance.now() + within
      // First the end: of two calls at once, and of a crash in between, no second session is left.
      const found = await run(
        endScript,
        from,
        ['unknown', retainEnded, channel, from, '', to],
        within,
      )
      const [, reason, over, created, last, expireAfter, absolute] = found
      if (reason !== 'unknown') return { renewed: false, ended: toRecord(from, reason, over) }
      const limits = { expireAfter: fromText(expireAfter), absolute: fromText(absolute) }
      const times = { created: Number(created), last: Number(last) }
      const left = until - performance.now()
      const made = await create(to, limits, meta, left, times, true)
      // `endSubject` came in between: this is the session that it would have ended.
      const ended: EndedRecord | null =
        made === 'barred' ? { key: to, reason: 'revoked', meta } : null
      return { renewed: typeof made === 'number', ended }
    },

    look: (key) => merge(key, 'look', null, null),

    touch: (key, limits, idleFor) => merge(key, 'touch', limits, idleFor),

    gaveUp: async (key) => (await port.run(reasonScript, at(key))) === 'unknown',

    async end(key, reason) {
      const ended = await end(key, reason)
      // Also where it was over before: that end may have been the one that no replica has yet.
      return { ended, confirmed: await isConfirmed([key]) }
    },

    async endSubject(subject, reason, next) {
      if (next === complete) {
        await subjects.requireComplete(subject)
        return { ended: [], confirmed: true, next: null }
      }
      if (next === undefined) await subjects.mark(subject)
      const part = await subjects.some(subject, next === undefined ? '0' : String(next))
      // What is in the index but not there yet is being created: the bar is in its way.
      const found = await Promise.all(part.keys.map((key) => end(key, reason, 'bar')))
      await subjects.remove(subject, part.keys)
      const ended = found.filter((one) => one !== null)
      const confirmed = await isConfirmed(part.keys)
      return { ended, confirmed, next: part.next === '0' ? complete : part.next }
    },

    async sweep() {
      const met: EndedRecord[] = []
      const visit = async (key: string) => {
        const found = await merge(key, 'sweep', null, null)
        if (found.state === 'active') await due.add(key, remaining(found.limits, found))
        else if (found.meta === null) await due.remove(key)
        // Due again after its lease, until it is told.
        else if (found.first) met.push({ key, reason: found.reason, meta: found.meta })
      }
      await Promise.all((await due.take()).map(visit))
      return met
    },

    async endNotified(key) {
      await port.run(endNotifiedScript, at(key))
      await due.remove(key)
    },

    watchEnds: (listener) =>
      keepSubscribed(
        {
          open: (subscription) => openSubscriber(client, channel, subscription),
          publish: (text) => port.run(publishScript, channel, [channel, text]),
        },
        listener,
      ),
  }
}

/** An index has to outlive the session: for good where there is an absolute end, else with reserve. */
const indexFor = ({ expireAfter, absolute }: Limits) => (absolute ?? 2 * (expireAfter ?? 0)) + day

function remaining(
  { expireAfter, absolute }: Limits,
  { idle, age }: { idle: number; age: number },
) {
  return Math.min((expireAfter ?? Infinity) - idle, (absolute ?? Infinity) - age)
}

const toRecord = (key: string, reason: unknown, meta: unknown): EndedRecord | null =>
  reason === undefined
    ? null
    : { key, reason: reason as RecordedReason, meta: JSON.parse(String(meta)) }

const toTexts = ({ expireAfter, absolute }: Limits) => [expireAfter ?? '', absolute ?? '']
const fromText = (value: unknown) => (value === '' ? null : Number(value))
