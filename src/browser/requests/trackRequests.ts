import type { Session } from '../../core/session.js'
import { sessionOver } from '../../core/sessionOver.js'
import { problemTypes } from '../../protocol/problemTypes.js'

/** A failing list asks about the session no more often than this, in ms. */
const askEvery = 5_000

const dropped = 'the answer was dropped, because somebody else is signed in'

/** What a request found out, in whichever library made it. */
export interface TrackedAnswer {
  status: number
  /** The value of a header of the answer; `null` where it is not there. */
  header(name: string): string | null
  /** The `type` in the body of a 409, where it is a problem (RFC 9457). */
  problemType?: string | undefined
}

/** One request on its way. */
export interface TrackedRequest {
  /**
   * To be sent along, to the app's own origin only: whom the page shows (`Session-Subject`), and
   * whether nobody has done anything since the last request (`X-Session-Passive`).
   */
  headers: Record<string, string>
  /**
   * To be called with the answer.
   *
   * @throws a {@link SessionOverError} where it belongs to another person: it must not be used.
   */
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
      headers: { ...session.headers(), ...(passive && { 'X-Session-Passive': '1' }) },
      answered: ({ status, header, problemType }) => {
        if (status === 401) return ask()
        if (status === 409 && problemType === `${problemTypes}another-person`) {
          session.otherPerson()
          throw sessionOver(dropped)
        }
        const handle = header('Session-Handle')
        const remaining = toMilliseconds(header('Session-Expires-In'))
        if (handle === null || remaining === null) return
        const isOurs = session.hint({
          session: handle,
          subject: header('Session-Subject'),
          at: toMoment(header('Session-At')),
          remaining,
          idle: toMilliseconds(header('Session-Idle')),
          age: performance.now() - sentAt,
        })
        if (!isOurs) throw sessionOver(dropped)
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

function toMoment(at: string | null): number | null {
  const value = at === null ? Number.NaN : Number(at)
  return Number.isSafeInteger(value) ? value : null
}

function toMilliseconds(seconds: string | null): number | null {
  const value = seconds === null ? Number.NaN : Number(seconds)
  return Number.isFinite(value) && value >= 0 ? Math.round(value * 1_000) : null
}
