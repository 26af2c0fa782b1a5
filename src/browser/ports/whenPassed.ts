import { createClock } from './clock.js'
import { maxTimeoutMs } from './maxTimeout.js'
import { watchPage } from './page.js'

/** Calls back once after `ms`, sleep included. Returns a function that stops it. */
export function whenPassed(ms: number, callBack: () => void): () => void {
  const clock = createClock()
  const moment = clock.now() + ms
  let timer: ReturnType<typeof setTimeout> | undefined
  // Timers stop during sleep, so check again when a user may be there.
  const stopWatching = watchPage(look)
  look()

  function look(): void {
    const left = moment - clock.now()
    clearTimeout(timer)
    if (left > 0) {
      timer = setTimeout(look, Math.min(Math.ceil(left), maxTimeoutMs))
      return
    }
    stopWatching()
    callBack()
  }

  return () => {
    clearTimeout(timer)
    stopWatching()
  }
}
