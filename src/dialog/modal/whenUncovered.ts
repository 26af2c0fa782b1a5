import type { Session } from '../../core/session.js'

/** Runs `action` now, or once the content is no longer covered: inert content cannot take the focus. */
export function whenUncovered(session: Session, action: () => void): void {
  if (!session.getState().covered) {
    action()
    return
  }
  const stop = session.subscribe(() => {
    if (session.getState().covered) return
    stop()
    action()
  })
}
