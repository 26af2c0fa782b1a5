import { createClock } from './clock.js'
import { watchPage } from './page.js'

/** The longest delay that `setTimeout` takes, in ms: 2^31 - 1. */
const longestDelay = 2_147_483_647

/** Calls back once, when `ms` have passed, sleep included; returns the way to stop. */
export function whenPassed(ms: number, callBack: () => void): () => void {
  const clock = createClock()
  const moment = clock.now() + ms
  let timer: ReturnType<typeof setTimeout> | undefined
  // Timers stand still in sleep: looked at again when somebody may be there.
  const stopWatching = watchPage(look)
  look()

  function look(): void {
    const left = moment - clock.now()
    clearTimeout(timer)
    if (left > 0) {
      timer = setTimeout(look, Math.min(Math.ceil(left), longestDelay))
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
