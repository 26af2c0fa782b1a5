import type { SessionCallbacks } from './callbacks.js'
import type { Environment } from './environment.js'
import type { Reason } from './session.js'

/** Longest time that a redirect waits for the other session's end, in ms. */
const timeLimit = 5_000

/** How often a tab looks whether the one that ends it is done, in ms. */
const lookEvery = 200

/**
 * Ends the identity provider's session in one tab: whoever gets the mutex first does it and leaves
 * a note with the session's handle; the others wait until it is done, or its time is up.
 */
export function createEndElsewhere(
  name: string,
  callback: NonNullable<SessionCallbacks['endElsewhere']>,
  environment: Environment,
): (session: string | null, reason: Reason) => Promise<void> {
  const { clock, pause, reportError } = environment

  async function call(reason: Reason): Promise<void> {
    const controller = new AbortController()
    try {
      await Promise.race([callback({ reason, signal: controller.signal }), pause(timeLimit)])
    } catch (error) {
      reportError(error)
    } finally {
      controller.abort()
    }
  }

  return async (session, reason) => {
    const mutex = environment.mutex(`${name}:elsewhere`)
    const note = environment.storage(`${name}:elsewhere`)
    const until = clock.now() + timeLimit
    const once = async () => {
      if (session !== null && note.load() === session) return
      if (session !== null) note.save(session)
      await call(reason)
    }
    while (clock.now() < until && !(await mutex.tryRun(once))) await pause(lookEvery)
    mutex.close()
  }
}
