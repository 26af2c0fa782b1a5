import type { Session } from '../../core/session.js'
import { silenceBeforeUnload } from './silenceBeforeUnload.js'

/**
 * An app that asks before unsaved work is left would block the redirect at the end, and leave one
 * person's page in front of the next. So nothing asks while the session is over.
 *
 * @returns stops
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
