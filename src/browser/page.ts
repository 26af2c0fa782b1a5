import type { PageEvent } from '../core/environment.js'

/** When somebody may be looking again, and when the page goes away. None of it is activity. */
export function watchPage(on: (event: PageEvent) => void): () => void {
  const returned = () => {
    if (document.visibilityState === 'visible') on('returned')
  }
  const resumed = () => on('returned')
  const shown = (event: PageTransitionEvent) => on(event.persisted ? 'restored' : 'returned')
  const leaving = () => on('leaving')

  document.addEventListener('visibilitychange', returned)
  document.addEventListener('resume', resumed)
  addEventListener('focus', returned)
  addEventListener('online', resumed)
  addEventListener('pageshow', shown)
  // Not `beforeunload`: a page whose closing was cancelled goes on as it was.
  addEventListener('pagehide', leaving)
  return () => {
    document.removeEventListener('visibilitychange', returned)
    document.removeEventListener('resume', resumed)
    removeEventListener('focus', returned)
    removeEventListener('online', resumed)
    removeEventListener('pageshow', shown)
    removeEventListener('pagehide', leaving)
  }
}
