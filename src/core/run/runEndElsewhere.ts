import type { SessionCallbacks } from '../callbacks.js'
import type { Ended } from '../decide/facts.js'
import type { Reason } from '../session.js'
import type { Environment } from './environment.js'

/** Longest time (ms) that a redirect waits for the identity provider. */
const timeLimitMs = 5_000

/** How often (ms) a waiting tab checks whether the tab that ends the session is done. */
const checkEveryMs = 200

/** Stored for all tabs: what is known about the identity provider's session. */
interface Note {
  /** Handle of this app's session; empty for back ends without handles. */
  session: string
  /**
   * `true`: the session has started. `false`: a tab has ended it at the provider, or is doing so.
   */
  isLive: boolean
  /** When the note was written, in ms on the wall clock. */
  at: number
}

/** Ends the identity provider's session, in only one of the tabs that see the same end. */
export interface EndElsewhere {
  /** Notes that a session lives in this tab, so that earlier notes don't apply to it. */
  started(session: string | null): void
  /** Resolves when the provider's session has ended, or the time is up. */
  ended(session: string | null, ended: Ended): Promise<void>
}

/**
 * The tab that gets the mutex first ends the provider's session and stores a note about it. The
 * other tabs wait until it is done or the time is up. A new session replaces the note.
 */
export function runEndElsewhere(
  name: string,
  callback: NonNullable<SessionCallbacks['endElsewhere']>,
  environment: Environment,
): EndElsewhere {
  const { clock, pause, reportError } = environment
  const note = environment.storage(`${name}:elsewhere`)
  let live: string | null = null

  async function call(reason: Reason): Promise<void> {
    const controller = new AbortController()
    try {
      await Promise.race([callback({ reason, signal: controller.signal }), pause(timeLimitMs)])
    } catch (error) {
      reportError(error)
    } finally {
      controller.abort()
    }
  }

  function write(session: string, isLive: boolean): void {
    note.save({ session, isLive, at: clock.wall() } satisfies Note)
  }

  /** Has another tab handled this end, or has a newer session started since? */
  function isSettled(session: string, endedAt: number): boolean {
    const last = readNote(note.load())
    if (!last) return false
    if (!last.isLive) return last.session === session
    const isPast = last.at <= clock.wall()
    return last.session === session ? isPast && endedAt < last.at : true
  }

  return {
    started: (session) => {
      if (session === null || session === live) return
      live = session
      write(session, true)
    },
    ended: async (session, { reason, since }) => {
      live = null
      const endedAt = clock.wall() - (clock.now() - since)
      const mutex = environment.mutex(`${name}:elsewhere`)
      const until = clock.now() + timeLimitMs
      const endUnlessSettled = async () => {
        if (session !== null && isSettled(session, endedAt)) return
        if (session !== null) write(session, false)
        await call(reason)
      }
      while (clock.now() < until && !(await mutex.tryRun(endUnlessSettled)))
        await pause(checkEveryMs)
      mutex.close()
    },
  }
}

function readNote(stored: unknown): Note | null {
  if (typeof stored !== 'object' || stored === null) return null
  const { session, isLive, at } = stored as Partial<Note>
  const isNote =
    typeof session === 'string' && typeof isLive === 'boolean' && typeof at === 'number'
  return isNote ? { session, isLive, at } : null
}
