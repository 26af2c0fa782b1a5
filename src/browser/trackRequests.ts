import type { Session } from '../core/session.js'
import { sessionOver } from '../core/sessionOver.js'

/** A failing list asks about the session no more often than this, in ms. */
const askEvery = 5_000

/** What a request found out, in whichever library made it. */
export interface TrackedAnswer {
  status: number
  /** The value of a header of the answer; `null` where it is not there. */
  header(name: string): string | null
}

/** One request on its way. */
export interface TrackedRequest {
  /** To be sent along: says so where nobody has done anything since the last request. */
  headers: Record<string, string>
  /** To be called with the answer. */
  answered(answer: TrackedAnswer): void
}

/**
 * What each request of the app should do about the session, for building interceptors; fetch has
 * its own in `createSessionFetch`.
 *
 * Calling the result waits while the session is in doubt and covered, and rejects with a
 * `SessionOverError` where it is over, or where somebody else is signed in by now.
 */
export function trackRequests(session: Session): () => Promise<TrackedRequest> {
  let lastSent: number | null = null
  let askedAt = Number.NEGATIVE_INFINITY

  /** A page that merely loaded has not done anything either. */
  function isPassive(now: number): boolean {
    return lastSent === null || session.idleFor() >= now - lastSent
  }

  function ask(): void {
    const now = performance.now()
    if (now - askedAt < askEvery) return
    askedAt = now
    void session.check()
  }

  return async () => {
    await untilCertain(session)
    const sentAt = performance.now()
    const passive = isPassive(sentAt)
    lastSent = sentAt
    return {
      headers: passive ? { 'X-Session-Passive': '1' } : {},
      answered: ({ status, header }) => {
        if (status === 401) return ask()
        const handle = header('Session-Handle')
        const remaining = toMilliseconds(header('Session-Expires-In'))
        if (handle === null || remaining === null) return
        const idle = toMilliseconds(header('Session-Idle'))
        session.learn({ session: handle, remaining, idle, age: performance.now() - sentAt })
      },
    }
  }
}

async function untilCertain(session: Session): Promise<void> {
  for (;;) {
    const { status, covered, personChanged } = session.getState()
    if (status === 'expired' || personChanged) throw sessionOver()
    if (!covered) return
    await nextChange(session)
  }
}

function nextChange(session: Session): Promise<void> {
  return new Promise((resolve) => {
    const stop = session.subscribe(() => {
      stop()
      resolve()
    })
  })
}

function toMilliseconds(seconds: string | null): number | null {
  const value = seconds === null ? Number.NaN : Number(seconds)
  return Number.isFinite(value) && value >= 0 ? Math.round(value * 1_000) : null
}
