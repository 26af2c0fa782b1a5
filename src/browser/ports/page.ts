import type { PageEvent } from '../../core/run/environment.js'
import { call, listen, read } from '../document/dom.js'

/** Reports when a user may be looking again, and when the page goes away. Neither is activity. */
export function watchPage(on: (event: PageEvent) => void): () => void {
  // Hidden, or another window has the focus. One flag for both: coming back to a tab shows and focuses
  // it, and that is one return.
  let isAway = read(document, 'hidden')

  const left = () => {
    // The window also blurs when the focus goes into a frame of this page.
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
    // Not `beforeunload`: the user may cancel it, and then the page continues.
    listen(window, 'pagehide', leaving),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
