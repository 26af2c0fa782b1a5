import type { AskRequest, Transport } from '../../protocol/transport.js'
import type { ActiveVerdict, Verdict } from '../../protocol/verdict.js'
import { isAnswerTrusted } from '../decide/clockTrust.js'
import type { Effect, Event, SignOutOutcome } from '../decide/state.js'
import type { Environment, Mutex } from './environment.js'

type AskEffect = Extract<Effect, { type: 'ask' }>
type RequestKind = Extract<Effect, { type: 'abort' }>['lane']

const unknown: Verdict = { state: 'unknown' }

/** Sends requests to the server and dispatches the answers as events. */
export interface Requests {
  ask(effect: AskEffect): void
  abort(kind: RequestKind): void
  /** A report that arrives even though the page goes away. Its answer is ignored. */
  lastReport(session: string, upTo: number): void
  end(session: string | null): void
  stop(): void
}

export function createRequests(
  transport: Transport,
  mutex: Mutex,
  { clock }: Pick<Environment, 'clock'>,
  dispatch: (event: Event) => void,
): Requests {
  const underWay = new Map<RequestKind, AbortController>()
  let stopped = false

  function open(kind: RequestKind): AbortSignal {
    underWay.get(kind)?.abort()
    const controller = new AbortController()
    underWay.set(kind, controller)
    return controller.signal
  }

  function report(event: Event): void {
    if (!stopped) dispatch(event)
  }

  async function askNow({ lane, id, session, upTo }: AskEffect, signal: AbortSignal) {
    // The request was aborted while it waited for the mutex.
    if (signal.aborted) return
    const sentAt = clock.now()
    const answer = await answerOf(transport, { ...sessionMembers(session, upTo, sentAt), signal })
    // Reading the clock finds out whether it was set in between.
    clock.now()
    const isTrusted = answer.state !== 'active' || isAnswerTrusted(sentAt, clock.changes())
    const verdict = isTrusted ? answer : unknown
    report({ type: 'answered', lane, id, sentAt, verdict })
  }

  async function askAlone(effect: AskEffect, signal: AbortSignal) {
    const ran = await mutex.tryRun(() => askNow(effect, signal)).catch(() => false)
    if (!ran && !signal.aborted) report({ type: 'deferred', id: effect.id })
  }

  async function endNow(session: string | null, signal: AbortSignal): Promise<SignOutOutcome> {
    if (!transport.end) return 'confirmed'
    try {
      // A page that does not know its session can't end it. Ask for it first.
      if (session === null) return outcomeOf(await transport.ask({ signal }))
      const living = await transport.end({ ...sessionMembers(session, null, 0), signal })
      return outcomeOf(living as ActiveVerdict | undefined)
    } catch {
      return 'failed'
    }
  }

  return {
    ask: (effect) => {
      const signal = open(effect.lane)
      void (effect.throughMutex ? askAlone(effect, signal) : askNow(effect, signal))
    },
    abort: (kind) => underWay.get(kind)?.abort(),
    lastReport: (session, upTo) => {
      const request = { ...sessionMembers(session, upTo, clock.now()), keepalive: true }
      void answerOf(transport, { ...request, signal: new AbortController().signal })
    },
    end: (session) => {
      const signal = open('end')
      void endNow(session, signal).then((outcome) => {
        if (!signal.aborted) report({ type: 'signOutAnswered', outcome })
      })
    },
    stop: () => {
      stopped = true
      for (const controller of underWay.values()) controller.abort()
    },
  }
}

/**
 * Only `undefined` or an `ended` verdict confirms a sign-out. Anything else, such as a `Response`,
 * does not.
 */
function outcomeOf(answer: Verdict | undefined): SignOutOutcome {
  if (!answer || answer.state === 'ended') return 'confirmed'
  return answer.state === 'active' ? answer : 'failed'
}

function sessionMembers(
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
