import type { Session } from '../../core/session.js'
import { silenceBeforeUnload } from './silenceBeforeUnload.js'

/**
 * An app that asks before unsaved work is left would hold up the redirect at the end, and leave the
 * page of one person in front of the next. Nothing asks while the session is over.
 *
 * @returns the way to stop.
 */
export function leaveUnasked(session: Session): () => void {
  let askAgain: (() => void) | null = null

  function follow(): void {
    if (session.getState().status === 'expired') {
      askAgain ??= silenceBeforeUnload()
    } else {
      askAgain?.()
      askAgain = null
    }
  }

  const stop = session.subscribe(follow)
  return () => {
    stop()
    askAgain?.()
  }
}
