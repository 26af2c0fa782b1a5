import type { Limits } from '../../../src/protocol/mergeRule.js'
import { keepSubscribed } from '../keepSubscribed.js'
import { patience } from '../lateReports.js'
import {
  type EndedRecord,
  type Found,
  type Moments,
  notifyLeaseMs,
  type RecordedReason,
  type SessionMeta,
  type SessionStore,
} from '../store.js'
import { type CreateReply, type TouchRequest, toRecord } from './codec.js'
import { dueIndex, remainingMs } from './dueIndex.js'
import { openSubscriber } from './openSubscriber.js'
import { checkRedisOptions, type RedisStoreOptions } from './redisOptions.js'
import { type RedisClient, redisPort } from './redisPort.js'
import { publishScript } from './scripts.js'
import { sessionScripts } from './sessionScripts.js'
import { indexMs, subjectIndex } from './subjectIndex.js'

/** The `next` that makes `endSubject` check, as its last step, that its index is complete. */
const checkComplete = 'complete?'

/**
 * Sessions in Redis or Valkey, also in a cluster. Each session is one hash. A report is one script in
 * one round trip. Only the server's own time counts. Works with the app's own ioredis or node-redis
 * client.
 *
 * @throws TypeError that names every mistake in the options.
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions = {}): SessionStore {
  checkRedisOptions(client, options)
  const { prefix = 'session-security:', retainEnded = 600_000, maxPending = 10_000 } = options
  const { confirmReplicas = 0, confirmWithin = 100, evicts } = options
  const port = redisPort(client, maxPending)
  const subjects = subjectIndex(port, prefix, { retainEnded, mayEvict: evicts !== false })
  const due = dueIndex(port, prefix)
  const channel = `${prefix}ends`
  const scripts = sessionScripts(port, { prefix, channel, retainEnded })

  async function runTouch(
    key: string,
    mode: TouchRequest['mode'],
    limits: Limits | null = null,
    idleMs: number | null = null,
  ): Promise<Found> {
    const { found, isIndexStale } = await scripts.touch(key, mode, limits, idleMs)
    if (found.state === 'active' && (isIndexStale || subjects.needUse)) {
      const forMs = indexMs(found.limits)
      await subjects.add(found.meta.subject, key, forMs)
      if (isIndexStale) await scripts.indexed(key, forMs)
    }
    return found
  }

  async function runCreate(
    key: string,
    limits: Limits,
    meta: SessionMeta,
    within: number,
    from: Moments | null,
    isRenewal: boolean,
  ): Promise<CreateReply> {
    const giveUpAt = performance.now() + within
    const forMs = indexMs(limits)
    // First the indexes: signing out everywhere would miss a session that they do not know.
    const [isIndexed] = await Promise.all([
      subjects.add(meta.subject, key, forMs, isRenewal && from ? from.created : null),
      from
        ? due.addAt(key, remainingMs(limits, { idle: -from.last, age: -from.created }))
        : due.add(key, remainingMs(limits, { idle: 0, age: 0 })),
    ])
    if (!isIndexed) return { now: 0, outcome: 'barred' }
    const request = { limits, meta, from, indexMs: forMs }
    return scripts.create(key, request, giveUpAt - performance.now())
  }

  async function runEnd(
    key: string,
    reason: RecordedReason,
    bars = false,
  ): Promise<EndedRecord | null> {
    // First, so that a sweep finds the end even if this process dies before it called `onEnd`.
    if (reason !== 'unknown') await due.add(key, notifyLeaseMs)
    return toRecord(key, await scripts.end(key, reason, bars))
  }

  async function isConfirmed(keys: string[]): Promise<boolean> {
    if (confirmReplicas === 0) return true
    for (const key of keys) {
      const replicas = await port.wait(prefix + key, confirmReplicas, confirmWithin)
      if (replicas < confirmReplicas) return false
    }
    return true
  }

  return {
    shared: true,
    retainEnded,

    async create(key, limits, meta, within = patience, from = undefined) {
      const { now, outcome } = await runCreate(key, limits, meta, within, from ?? null, false)
      return outcome === 'made' ? now : null
    },

    async rotate(from, to, meta, within = patience) {
      const giveUpAt = performance.now() + within
      // First the end. So two calls at once, or a crash in between, never leave a second session.
      const reply = await scripts.giveUp(from, to, within)
      if (reply.ended?.reason !== 'unknown') return { renewed: false, ended: toRecord(from, reply) }
      const { limits, times } = reply.ended
      const left = giveUpAt - performance.now()
      const { outcome } = await runCreate(to, limits, meta, left, times, true)
      // Barred: `endSubject` was called in between, and this is the session that it would have ended.
      const ended: EndedRecord | null =
        outcome === 'barred' ? { key: to, reason: 'revoked', meta } : null
      return { renewed: outcome === 'made', ended }
    },

    look: (key) => runTouch(key, 'look'),

    touch: (key, limits, idleFor) => runTouch(key, 'touch', limits, idleFor),

    gaveUp: scripts.gaveUp,

    async end(key, reason) {
      const ended = await runEnd(key, reason)
      // Also if the session was over before: perhaps no replica has that end yet.
      return { ended, confirmed: await isConfirmed([key]) }
    },

    async endSubject(subject, reason, next) {
      if (next === checkComplete) {
        await subjects.requireComplete(subject)
        return { ended: [], confirmed: true, next: null }
      }
      if (next === undefined) await subjects.mark(subject)
      const part = await subjects.some(subject, next === undefined ? '0' : String(next))
      // A key that the index knows but that has no record yet is being created. The bar prevents it.
      const found = await Promise.all(part.keys.map((key) => runEnd(key, reason, true)))
      await subjects.remove(subject, part.keys)
      const ended = found.filter((one) => one !== null)
      const confirmed = await isConfirmed(part.keys)
      return { ended, confirmed, next: part.next === '0' ? checkComplete : part.next }
    },

    async sweep() {
      const ends: EndedRecord[] = []
      const visit = async (key: string) => {
        const found = await runTouch(key, 'sweep')
        if (found.state === 'active') await due.add(key, remainingMs(found.limits, found))
        else if (found.meta === null) await due.remove(key)
        // It stays in the index, and is due again after the lease, until `endNotified` removes it.
        else if (found.first) ends.push({ key, reason: found.reason, meta: found.meta })
      }
      await Promise.all((await due.take()).map(visit))
      return ends
    },

    async endNotified(key) {
      await scripts.endNotified(key)
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
