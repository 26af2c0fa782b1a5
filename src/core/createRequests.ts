import type { Environment, Mutex } from './environment.js'
import type { Effect, Event } from './state.js'
import type { AskRequest, Transport } from './transport.js'
import type { Verdict } from './verdict.js'

type AskEffect = Extract<Effect, { type: 'ask' }>
type Line = Extract<Effect, { type: 'abort' }>['lane']

const unknown: Verdict = { state: 'unknown' }

/** The conversation with the server: carries out what was decided, and reports what came of it. */
export interface Requests {
  ask(effect: AskEffect): void
  abort(line: Line): void
  /** A report that outlives the page; nobody waits for its answer. */
  farewell(session: string, upTo: number): void
  end(session: string | null): void
  stop(): void
}

export function createRequests(
  transport: Transport,
  mutex: Mutex,
  { clock }: Pick<Environment, 'clock'>,
  dispatch: (event: Event) => void,
): Requests {
  const underWay = new Map<Line, AbortController>()
  let stopped = false

  function open(line: Line): AbortSignal {
    underWay.get(line)?.abort()
    const controller = new AbortController()
    underWay.set(line, controller)
    return controller.signal
  }

  function report(event: Event): void {
    if (!stopped) dispatch(event)
  }

  async function askNow({ lane, id, session, upTo }: AskEffect, signal: AbortSignal) {
    // Given up on while the mutex was on its way.
    if (signal.aborted) return
    const sentAt = clock.now()
    const answer = await answerOf(transport, { ...about(session, upTo, sentAt), signal })
    const verdict = answer.state === 'active' && wasSetBackSince(sentAt) ? unknown : answer
    report({ type: 'answered', lane, id, sentAt, verdict })
  }

  /** Sleep may hide behind it: how long ago the question was sent is not known any more. */
  function wasSetBackSince(sentAt: number): boolean {
    clock.now()
    return clock.setBackAt() > sentAt
  }

  async function askAlone(effect: AskEffect, signal: AbortSignal) {
    const ran = await mutex.tryRun(() => askNow(effect, signal)).catch(() => false)
    if (!ran && !signal.aborted) report({ type: 'deferred', id: effect.id })
  }

  async function endNow(session: string | null, signal: AbortSignal): Promise<boolean> {
    if (!transport.end) return true
    try {
      let handle = session
      if (handle === null) {
        // A page that does not know its session can end none: it has to look first.
        const verdict = await answerOf(transport, { signal })
        if (verdict.state !== 'active') return verdict.state === 'ended'
        handle = verdict.session ?? ''
      }
      await transport.end({ ...about(handle, null, 0), signal })
      return true
    } catch {
      return false
    }
  }

  return {
    ask: (effect) => {
      const signal = open(effect.lane)
      void (effect.shared ? askAlone(effect, signal) : askNow(effect, signal))
    },
    abort: (line) => underWay.get(line)?.abort(),
    farewell: (session, upTo) => {
      const request = { ...about(session, upTo, clock.now()), keepalive: true }
      void answerOf(transport, { ...request, signal: new AbortController().signal })
    },
    end: (session) => {
      const signal = open('end')
      void endNow(session, signal).then((confirmed) => {
        if (!signal.aborted) report({ type: 'signOutAnswered', confirmed })
      })
    },
    stop: () => {
      stopped = true
      for (const controller of underWay.values()) controller.abort()
    },
  }
}

function about(
  session: string | null,
  upTo: number | null,
  sentAt: number,
): Pick<AskRequest, 'session' | 'idleFor'> {
  if (session === null) return {}
  return {
    // The empty handle stands for back ends that have none.
    ...(session !== '' && { session }),
    ...(upTo !== null && { idleFor: Math.ceil(Math.max(0, sentAt - upTo)) }),
  }
}

async function answerOf(transport: Transport, request: AskRequest): Promise<Verdict> {
  try {
    return await transport.ask(request)
  } catch {
    return unknown
  }
}
