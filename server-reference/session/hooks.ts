import { inTurns } from '../async/inTurns.js'
import { localEnds } from '../stores/localEnds.js'
import {
  type EndedRecord,
  notifyLeaseMs,
  type RecordedReason,
  type SessionMeta,
  type SessionStore,
} from '../stores/store.js'
import { cleanError } from './cleanError.js'
import type { Handles } from './handles.js'
import type { Refusal } from './refusal.js'
import type { IdSeal } from './sealIds.js'

/** A session, as callbacks get it. */
export interface SessionInfo {
  /** The session's handle, as its pages know it. It is not secret, and may be logged. */
  handle: string
  subject: string
  /** The `data` that was passed to `start`. */
  data?: unknown
}

/** An event for an audit log. It contains no secret. */
export type SessionEvent =
  | { type: 'started'; session: SessionInfo }
  /** `confirmed: false`: a failover could lose this end and bring the session back. */
  | { type: 'ended'; session: SessionInfo; reason: RecordedReason; confirmed: boolean }
  /** A rule refused a request. `detail` is a sentence that says what was compared. */
  | ({ type: 'refused'; status: number; method: string } & Refusal)
  | { type: 'rate-limited'; handle: string }
  /**
   * The store, or a callback that is called with it, failed or took too long. The error only has
   * its `name`, `message` (without quotations) and `code`.
   */
  | { type: 'store-down'; error: Error & { code?: string } }
  /** A bug: in the handler, or in one of the app's callbacks. */
  | { type: 'failed'; error: unknown }

export interface HookOptions {
  /**
   * Called at least once per ended session, when a request or the sweep finds the end. Do not
   * rely on when. `id` is the session id: remove that session from the app's own store, and
   * return a promise that rejects if this fails. With a shared store, a call that failed, took
   * longer than half a minute or died with its process is repeated by any process, as long as the
   * store remembers the end. `reason` is `'replaced'` if the same browser signed in again. Then
   * do not end the identity provider's session: the new session may use it.
   */
  onEnd?: (session: SessionInfo & { id: string }, reason: RecordedReason) => unknown
  /** Called with every event for an audit log. Nothing waits for it. */
  onEvent?: (event: SessionEvent) => unknown
}

export interface Hooks {
  emit(event: SessionEvent): void
  storeDown(error: unknown): void
  ended(record: EndedRecord, extra?: { id?: string; confirmed?: boolean }): void
  info(key: string, meta: SessionMeta): SessionInfo
}

/** How many calls of `onEnd` may run at once. A sign-out everywhere can cause thousands. */
const atOnce = 50

/** Calls the app's callbacks so that they never delay or fail a request. */
export function createHooks(
  { onEnd, onEvent }: HookOptions,
  handles: Handles,
  seal: IdSeal,
  store: SessionStore,
): Hooks {
  const inTurn = inTurns(atOnce, notifyLeaseMs)

  function emit(event: SessionEvent) {
    if (onEvent) new Promise((resolve) => resolve(onEvent(event))).catch(warn)
    else if (event.type === 'failed') warn(event.error)
  }

  const storeDown = (error: unknown) => emit({ type: 'store-down', error: cleanError(error) })

  async function callOnEnd({ key, reason, meta }: EndedRecord, presented?: string) {
    try {
      if (onEnd) {
        const id = presented ?? seal.open(meta.sealedId, key)
        // Not marked as done: another process may still have that secret.
        if (id === null) throw new Error(unreadable)
        await onEnd({ ...info(key, meta), id }, reason)
      }
    } catch (error) {
      return emit({ type: 'failed', error })
    }
    try {
      await store.endNotified?.(key)
    } catch (error) {
      storeDown(error)
    }
  }

  const info = (key: string, { subject, secretId, data }: SessionMeta): SessionInfo => ({
    handle: handles.session(key, secretId),
    subject,
    ...(data !== undefined && { data }),
  })

  return {
    emit,
    storeDown,
    info,
    ended(record, { id, confirmed = true } = {}) {
      const { key, reason, meta } = record
      localEnds(store).ended(key, reason)
      emit({ type: 'ended', session: info(key, meta), reason, confirmed })
      if (onEnd || store.endNotified) inTurn(() => callOnEnd(record, id))
    },
  }
}

const unreadable =
  'onEnd was not called: the session id was sealed with a secret that is not listed here. ' +
  'Keep an old secret in the list until all sessions that started under it are over.'

function warn(error: unknown) {
  process.emitWarning(`session-security: ${error instanceof Error ? error.message : String(error)}`)
}
