import type { PageEvent } from '../../core/run/environment.js'
import { call, listen, read } from '../document/dom.js'

/** When somebody may be looking again, and when the page goes away. None of it is activity. */
export function watchPage(on: (event: PageEvent) => void): () => void {
  // Hidden, or another window has the focus. One flag for both: coming back to a tab shows it and
  // gives it the focus, and is still one return.
  let isAway = read(document, 'hidden')

  const left = () => {
    // Also blurs where the focus goes into a frame of this page.
    if (read(document, 'hidden') || !call(document, 'hasFocus')) isAway = true
  }
  const seen = () => {
    if (read(document, 'hidden')) return left()
    on(isAway ? 'revisited' : 'returned')
    isAway = false
  }
  const resumed = () => on('returned')
  const shown = (event: PageTransitionEvent) => on(event.persisted ? 'restored' : 'returned')
  const leaving = () => on('leaving')

  const stops = [
    listen(document, 'visibilitychange', seen),
    listen(document, 'resume', resumed),
    listen(window, 'blur', left),
    listen(window, 'focus', seen),
    listen(window, 'online', resumed),
    listen(window, 'pageshow', shown),
    // Not `beforeunload`: a page whose closing was cancelled goes on as it was.
    listen(window, 'pagehide', leaving),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
