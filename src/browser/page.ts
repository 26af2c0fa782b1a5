import type { PageEvent } from '../core/environment.js'
import { listen, read } from './dom.js'

/** When somebody may be looking again, and when the page goes away. None of it is activity. */
export function watchPage(on: (event: PageEvent) => void): () => void {
  const returned = () => {
    if (!read(document, 'hidden')) on('returned')
  }
  const resumed = () => on('returned')
  const shown = (event: PageTransitionEvent) => on(event.persisted ? 'restored' : 'returned')
  const leaving = () => on('leaving')

  const stops = [
    listen(document, 'visibilitychange', returned),
    listen(document, 'resume', resumed),
    listen(window, 'focus', returned),
    listen(window, 'online', resumed),
    listen(window, 'pageshow', shown),
    // Not `beforeunload`: a page whose closing was cancelled goes on as it was.
    listen(window, 'pagehide', leaving),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
