import type { WireActive } from '../../src/protocol/wire.js'
import type { Awaitable } from '../async/awaitable.js'
import { nextTurn } from '../async/nextTurn.js'
import { isUnavailable, withinLimit } from '../async/withinLimit.js'
import { requireData, requireText } from '../options/requireText.js'
import { localEnds } from '../stores/localEnds.js'
import type { EndedPart, RecordedReason, SessionMeta } from '../stores/store.js'
import { withoutArguments } from './cleanError.js'
import { keyOf } from './handles.js'
import { renewedMeta } from './renewedMeta.js'
import type { IdSeal } from './sealIds.js'
import type { SessionParts } from './sessionParts.js'
import { toWire } from './toWire.js'

/** The functions that the app calls at sign-in, at sign-out and in between. */
export interface Lifecycle {
  /**
   * Call it at sign-in with a session id that was never used before: random, and new at each
   * sign-in. Resolves with the session as the endpoint would report it. `replaces` is the id that
   * the browser had before: that session ends first, for the reason `'replaced'`. Rejects if the
   * id was used before, or the store is down. Then do not sign in.
   */
  start(session: {
    id: string
    subject: string
    data?: unknown
    replaces?: string | null | undefined
  }): Promise<WireActive>
  /**
   * Call it when the app renews a session's id. The session keeps its times, and its pages stay
   * signed in. Resolves with `false` if the old session was over: then sign out.
   */
  rotate(ids: { from: string; to: string }): Promise<boolean>
  /**
   * Ends one session. `ended: false`: there was nothing to end. `confirmed: false`: a failover
   * could lose the end. Rejects if the store is down.
   */
  end(session: {
    id: string
    reason?: RecordedReason
  }): Promise<{ ended: boolean; confirmed: boolean }>
  /**
   * Signs a person out everywhere: ends all sessions that started before, in parts. `ended` is
   * their number. Rejects if the store is down or sessions may be left. Then call it again.
   */
  endSubject(
    subject: string,
    reason?: RecordedReason,
  ): Promise<{ ended: number; confirmed: boolean }>
}

export function createLifecycle(
  { store, hooks, judge, handles, timeLimit }: SessionParts,
  ids: IdSeal,
): Lifecycle {
  /** The app's calls have the same time limit as the endpoint, but they reject. */
  async function orThrow<T>(ask: (left: () => number) => Promise<T>): Promise<T> {
    const until = performance.now() + timeLimit
    const given = await withinLimit(timeLimit, () => ask(() => until - performance.now()))
    if (!isUnavailable(given)) return given
    throw withoutArguments(given.unavailable)
  }

  /** If creating a session fails, or the caller has given up, there must be no session. */
  async function orNone<T>(key: string, left: () => number, create: () => Awaitable<T>) {
    const undo = async () => void (await store.end(key, 'unknown'))
    if (left() <= 0) throw tooLate()
    try {
      const made = await create()
      if (left() <= 0) await undo()
      return made
    } catch (error) {
      undo().catch(() => {})
      throw error
    }
  }

  /**
   * When this very record was created, or `null`. After a broken connection, database clients
   * repeat a command and then find the record of the first attempt. No two records have the same
   * sealed id.
   */
  async function madeAt(key: string, { sealedId }: SessionMeta): Promise<number | null> {
    const found = await store.look(key)
    const isOwn = found.state === 'active' && found.meta.sealedId === sealedId
    return isOwn ? found.at - found.age : null
  }

  async function end(id: string, reason: RecordedReason) {
    const { ended, confirmed } = await store.end(keyOf(id), reason)
    if (ended) hooks.ended(ended, { id, confirmed })
    return { ended: ended !== null, confirmed }
  }

  async function endPart(
    subject: string,
    reason: RecordedReason,
    next: unknown,
  ): Promise<EndedPart> {
    if (!store.endSubject) throw new Error('This store has no index by subject.')
    const part = await store.endSubject(subject, reason, next)
    for (const record of part.ended) hooks.ended(record, { confirmed: part.confirmed })
    return part
  }

  return {
    start: ({ id, subject, data, replaces }) =>
      orThrow(async (left) => {
        requireText({ id, subject, ...(replaces && { replaces }) })
        requireData(data)
        if (replaces === id) throw new TypeError('id has to be another one than replaces')
        const key = keyOf(id)
        const meta: SessionMeta = {
          subject,
          secretId: handles.current,
          sealedId: ids.seal(id, key),
          ...(data !== undefined && { data }),
        }
        const own = await judge.policyOf(key, meta)
        if (left() <= 0) throw tooLate()
        if (replaces) await end(replaces, 'replaced')
        const create = async () =>
          (await store.create(key, own.limits, meta, left())) ?? (await madeAt(key, meta))
        const at = await orNone(key, left, create)
        if (at === null)
          throw new Error(
            'This session id was used before, or its subject was signed out everywhere meanwhile: ' +
              'start() needs a fresh id at each sign-in.',
          )
        hooks.emit({ type: 'started', session: hooks.info(key, meta) })
        return toWire(
          { state: 'active', at, idle: 0, age: 0, meta, limits: own.limits, policy: own },
          key,
          handles,
        )
      }),

    rotate: ({ from, to }) =>
      orThrow(async (left) => {
        requireText({ from, to })
        const [oldKey, key] = [keyOf(from), keyOf(to)]
        const old = await store.look(oldKey)
        if (old.state === 'ended') return false
        const meta = renewedMeta(old, oldKey, ids.seal(to, key), store.retainEnded)
        const rotate = async () => {
          const { renewed, ended } = await store.rotate(oldKey, key, meta, left())
          const isNeither = !renewed && ended === null
          return { renewed: renewed || (isNeither && (await madeAt(key, meta)) !== null), ended }
        }
        const { renewed, ended } = await orNone(key, left, rotate).catch((error) => {
          // The old session may be over, so its watchers have to check.
          localEnds(store).changed(oldKey)
          throw error
        })
        if (renewed || ended?.key === key) localEnds(store).renewed(oldKey, key)
        else localEnds(store).changed(oldKey)
        if (ended) hooks.ended(ended)
        return renewed
      }),

    end: ({ id, reason = 'signed-out' }) =>
      orThrow(async () => {
        requireText({ id })
        return end(id, reason)
      }),

    async endSubject(subject, reason = 'revoked') {
      requireText({ subject })
      const all = { ended: 0, confirmed: true }
      let next: unknown
      do {
        const part = await orThrow(() => endPart(subject, reason, next))
        all.ended += part.ended.length
        all.confirmed &&= part.confirmed
        next = part.next
        // Let other work run in between.
        await nextTurn()
      } while (next !== null)
      return all
    },
  }
}

const tooLate = () => new Error('The time limit has passed')
