import type { IncomingMessage } from 'node:http'
import type { EndReason } from '../../src/protocol/wire.js'
import { isUnavailable, withinLimit } from '../async/withinLimit.js'
import { nodeRequest } from '../http/node.js'
import type { Parts } from '../http/parts.js'
import type { SessionRequest } from '../http/plain.js'
import { keyOf } from '../session/handles.js'
import { steadyClock } from '../stores/steadyClock.js'
import { createWatches } from './createWatches.js'

export interface Watch {
  (
    request: IncomingMessage | Request | SessionRequest,
    onOver: (over: { reason: EndReason }) => unknown,
  ): () => void
  close(): void
}

/** Watches the session of a request while its answer lasts: a stream, or a WebSocket. */
export function createWatch(parts: Parts): Watch {
  const { store, judge, hooks, timeLimit } = parts
  const watches = createWatches(store, judge, hooks, { timeLimit, now: steadyClock() })
  let isClosed = false

  function watch(...[request, onOver]: Parameters<Watch>): () => void {
    let isDone = false
    let stopWatching = () => {}

    function over(reason: EndReason): void {
      if (isDone) return
      isDone = true
      stopWatching()
      // An error in it must not disturb the other watchers, or the code that ended the session.
      new Promise((resolve) => resolve(onOver({ reason }))).catch((error) =>
        hooks.emit({ type: 'failed', error }),
      )
    }

    async function begin(): Promise<void> {
      const id = await withinLimit(timeLimit, () => parts.resolve(toSessionRequest(request)))
      if (isDone) return
      if (isUnavailable(id)) hooks.storeDown(id.unavailable)
      if (isClosed || typeof id !== 'string' || id === '') return over('unknown')
      stopWatching = watches.add(keyOf(id), id, over)
    }

    void begin()
    return () => {
      isDone = true
      stopWatching()
    }
  }

  return Object.assign(watch, {
    close() {
      isClosed = true
      watches.close()
    },
  })
}

function toSessionRequest(request: Parameters<Watch>[0]): SessionRequest {
  return isNodeRequest(request) ? nodeRequest(request) : request
}

const isNodeRequest = (request: Parameters<Watch>[0]): request is IncomingMessage =>
  typeof (request.headers as { get?: unknown }).get !== 'function'
