import type { EndReason } from '../src/core/wire.js'
import { cleanError } from './cleanError.js'
import type { Handles } from './handles.js'
import type { PlainAnswer, Refusal } from './plain.js'
import type { EndedRecord, SessionMeta, SessionStore } from './store.js'

/** A session as callbacks see it. */
export interface SessionInfo {
  /** The handle that its pages know it by: not secret, fit for a log. */
  handle: string
  subject: string
  /** What `start` was given as `data`. */
  data?: unknown
}

/** For an audit log. Nothing in it is secret. */
export type SessionEvent =
  | { type: 'started'; session: SessionInfo }
  /** `confirmed` false: a failover could lose this end, and the session would be back. */
  | { type: 'ended'; session: SessionInfo; reason: EndReason; confirmed: boolean }
  /** A rule refused a request; `detail` says in a sentence what was compared. */
  | ({ type: 'refused'; status: number; method: string } & Refusal)
  | { type: 'rate-limited'; handle: string }
  /**
   * The store, or a callback that is asked with it, failed or took too long. Of the error's own
   * members only `name`, `message` (without what it quotes) and `code` are left.
   */
  | { type: 'store-down'; error: Error & { code?: string } }
  /** A bug: in the handler, or in one of the app's callbacks. */
  | { type: 'failed'; error: unknown }

export interface HookOptions {
  /**
   * Called at least once for a session that ended, when a request or the sweep first meets the end.
   * Where the store is shared, one that fails, takes longer than half a minute or dies with its
   * process is called again, by any process, for as long as the store remembers the end.
   * `id` is known only where a request presented it. Nothing may rely on when it is called.
   */
  onEnd?: (session: SessionInfo & { id?: string }, reason: EndReason) => unknown
  /** Told everything that an audit log wants to know. It delays nothing. */
  onEvent?: (event: SessionEvent) => unknown
}

export interface Hooks {
  emit(event: SessionEvent): void
  storeDown(error: unknown): void
  /** Tells the audit log where a rule gave this answer, and hands it on. */
  refused(answer: PlainAnswer, method: string): PlainAnswer
  ended(record: EndedRecord, extra?: { id?: string; confirmed?: boolean }): void
  info(key: string, meta: SessionMeta): SessionInfo
}

/** The app's callbacks, kept from ever delaying or failing a request. */
export function createHooks(
  { onEnd, onEvent }: HookOptions,
  handles: Handles,
  store: Pick<SessionStore, 'told'>,
): Hooks {
  function emit(event: SessionEvent) {
    if (onEvent) new Promise((resolve) => resolve(onEvent(event))).catch(warn)
    else if (event.type === 'failed') warn(event.error)
  }

  const storeDown = (error: unknown) => emit({ type: 'store-down', error: cleanError(error) })

  async function tell(key: string, session: SessionInfo & { id?: string }, reason: EndReason) {
    try {
      await onEnd?.(session, reason)
    } catch (error) {
      return emit({ type: 'failed', error })
    }
    try {
      await store.told?.(key)
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
    refused(answer, method) {
      const { status, refusal } = answer
      if (refusal) emit({ type: 'refused', status, method, ...refusal })
      return answer
    },
    ended({ key, reason, meta }, { id, confirmed = true } = {}) {
      const session = info(key, meta)
      emit({ type: 'ended', session, reason, confirmed })
      void tell(key, { ...session, ...(id !== undefined && { id }) }, reason)
    },
  }
}

function warn(error: unknown) {
  process.emitWarning(`session-security: ${error instanceof Error ? error.message : String(error)}`)
}
