import type { Session, SessionState } from '../core/session.js'

/** How often a server that can't be reached is asked, in ms; the session may ask less often. */
const askEveryMs = 5_000

/**
 * Leaves the page now, or once the server has answered: going to a server that is down ends on the
 * browser's error page, and a tab stays there.
 *
 * Nothing is left where somebody has signed in again meanwhile.
 *
 * @param isPending what is waited for
 * @returns the way to stop waiting.
 */
export function whenReachable(
  session: Session,
  leave: () => void,
  isPending = ({ unreachable }: SessionState) => unreachable,
): () => void {
  const isOver = () => session.getState().status === 'expired'
  if (!isOver()) return () => {}
  if (!isPending(session.getState())) {
    leave()
    return () => {}
  }
  const timer = setInterval(() => {
    if (session.getState().unreachable) void session.check()
  }, askEveryMs)
  const unsubscribe = session.subscribe(() => {
    if (isOver() && isPending(session.getState())) return
    stop()
    if (isOver()) leave()
  })
  function stop(): void {
    clearInterval(timer)
    unsubscribe()
  }
  return stop
}
