import type { SessionCallbacks } from '../callbacks.js'
import type { Ended } from '../decide/facts.js'
import type { Reason } from '../session.js'
import type { Environment } from './environment.js'

/** Longest time that a redirect waits for the other session's end, in ms. */
const timeLimitMs = 5_000

/** How often a tab looks whether the one that ends it is done, in ms. */
const lookEveryMs = 200

/** What the tabs tell each other about the identity provider's session. */
interface Note {
  /** Handle of the session here; empty for back ends that have none. */
  session: string
  /** It has started, or its end has been told to the provider. */
  isLive: boolean
  /** On the wall clock, in ms. */
  at: number
}

/** Ends the identity provider's session, in one tab of all that show the same end. */
export interface EndElsewhere {
  /** A session lives in this tab: ends from before are none of its own. */
  started(session: string | null): void
  ended(session: string | null, ended: Ended): Promise<void>
}

/**
 * Whoever gets the mutex first ends the provider's session and leaves a note about this end; the
 * others wait until it is done, or its time is up. A new session replaces the note.
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

  /** Another tab has told the provider of this end, or a newer session has started since. */
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
      const once = async () => {
        if (session !== null && isSettled(session, endedAt)) return
        if (session !== null) write(session, false)
        await call(reason)
      }
      while (clock.now() < until && !(await mutex.tryRun(once))) await pause(lookEveryMs)
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
