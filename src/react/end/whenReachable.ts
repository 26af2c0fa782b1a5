import type { Session, SessionState } from '../../core/session.js'

/** How often a server that can't be reached is asked, in ms; the session may ask less often. */
const askEveryMs = 5_000

/** A server that refuses to say how the session stands (403) is there, and can show a page. */
export const isDown = ({ unreachable, refused }: SessionState) => unreachable && refused === null

/**
 * Leaves the page now, or once the server has answered: going to a server that is down ends on the
 * browser's error page, and a tab stays there.
 *
 * Nothing is left where somebody has signed in again meanwhile.
 *
 * @param isPending what is waited for
 * @returns the way to stop waiting.
 */
export function whenReachable(session: Session, leave: () => void, isPending = isDown): () => void {
  const isOver = () => session.getState().status === 'expired'
  if (!isOver()) return () => {}
  if (!isPending(session.getState())) {
    leave()
    return () => {}
  }
  const timer = setInterval(() => {
    if (isDown(session.getState())) void session.check()
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
