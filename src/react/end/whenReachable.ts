import type { Session, SessionState } from '../../core/session.js'

/** How often (ms) to ask a server that is down. The session may ask less often. */
const askEveryMs = 5_000

/** A server that refuses (403) is not down: it can show a page. */
export const isDown = ({ unreachable, refused }: SessionState) => unreachable && refused === null

/**
 * Leaves the page once the server answers. Navigating while the server is down would end on the
 * browser's error page, and the tab would stay there. Does not leave if somebody has signed in again.
 *
 * @param isPending what to wait for: `true` while the page has to stay.
 * @returns stops waiting.
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
