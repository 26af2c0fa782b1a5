import type { Session } from '../../core/session.js'
import { sessionOver } from '../../core/sessionOver.js'
import { problemTypes } from '../../protocol/problemTypes.js'

/** A failing list makes the session ask no more often than this (ms). */
const askEveryMs = 5_000

const dropped = 'the answer was dropped, because somebody else is signed in'

/** A response to one request, in terms of any HTTP library. */
export interface TrackedAnswer {
  status: number
  /** The value of a response header; `null` if there is none. */
  header(name: string): string | null
  /** The `type` in the body of a 409, if it is a problem (RFC 9457). */
  problemType?: string | undefined
}

/** One request that is about to be sent. */
export interface TrackedRequest {
  /**
   * Send these headers along, to the app's own origin only: whom the page shows (`Session-Subject`), and
   * that the user did nothing since the last request (`X-Session-Passive`).
   */
  headers: Record<string, string>
  /**
   * Call this with the response.
   *
   * @throws a {@link SessionOverError} if it belongs to another person and must not be used.
   */
  answered(answer: TrackedAnswer): void
}

/**
 * For interceptors of HTTP libraries (for fetch, use `createSessionFetch`): call the returned function
 * before each request.
 *
 * It waits while the page is covered and the session is in doubt. It rejects with a `SessionOverError`
 * if the session is over, or if another person is signed in.
 */
export function trackRequests(session: Session): () => Promise<TrackedRequest> {
  let lastSent: number | null = null
  let askedAt = Number.NEGATIVE_INFINITY

  /** The first request is passive: loading a page is no activity. */
  function isPassive(now: number): boolean {
    return lastSent === null || session.idleFor() >= now - lastSent
  }

  function ask(): void {
    const now = performance.now()
    if (now - askedAt < askEveryMs) return
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
