import type { PageEvent } from '../core/environment.js'

/** When somebody may be looking again, and when the page goes away. None of it is activity. */
export function watchPage(on: (event: PageEvent) => void): () => void {
  let wasHidden = document.visibilityState === 'hidden'
  let wasBlurred = false

  const visibilityChanged = () => {
    const isHidden = document.visibilityState === 'hidden'
    if (!isHidden) on(wasHidden ? 'revisited' : 'returned')
    wasHidden = isHidden
  }
  const blurred = () => {
    wasBlurred = true
  }
  const focused = () => {
    if (document.visibilityState === 'hidden') return
    on(wasBlurred ? 'revisited' : 'returned')
    wasBlurred = false
  }
  const resumed = () => on('returned')
  const shown = (event: PageTransitionEvent) => on(event.persisted ? 'restored' : 'returned')
  const leaving = () => on('leaving')

  document.addEventListener('visibilitychange', visibilityChanged)
  document.addEventListener('resume', resumed)
  addEventListener('blur', blurred)
  addEventListener('focus', focused)
  addEventListener('online', resumed)
  addEventListener('pageshow', shown)
  // Not `beforeunload`: a page whose closing was cancelled goes on as it was.
  addEventListener('pagehide', leaving)
  return () => {
    document.removeEventListener('visibilitychange', visibilityChanged)
    document.removeEventListener('resume', resumed)
    removeEventListener('blur', blurred)
    removeEventListener('focus', focused)
    removeEventListener('online', resumed)
    removeEventListener('pageshow', shown)
    removeEventListener('pagehide', leaving)
  }
}
