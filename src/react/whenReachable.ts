import type { Session } from '../core/session.js'

/** How often a server that can't be reached is asked, in ms; the session may ask less often. */
const askEveryMs = 5_000

/**
 * Leaves the page now, or once the server has answered: going to a server that is down ends on the
 * browser's error page, and a tab stays there.
 *
 * Nothing is left where somebody has signed in again meanwhile.
 *
 * @returns the way to stop waiting.
 */
export function whenReachable(session: Session, leave: () => void): () => void {
  const { status, unreachable } = session.getState()
  if (status !== 'expired') return () => {}
  if (!unreachable) {
    leave()
    return () => {}
  }
  const timer = setInterval(() => void session.check(), askEveryMs)
  const unsubscribe = session.subscribe(() => {
    const { status, unreachable } = session.getState()
    if (status === 'expired' && unreachable) return
    stop()
    if (status === 'expired') leave()
  })
  function stop(): void {
    clearInterval(timer)
    unsubscribe()
  }
  return stop
}
