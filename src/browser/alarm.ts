import type { Alarm, Clock } from '../core/environment.js'

/** The longest delay that `setTimeout` takes, in ms: 2^31 - 1. */
const longestDelay = 2_147_483_647

/**
 * A timer stands still while the machine sleeps, and nothing has to tell a page that it woke: so one
 * that is visible looks at the clock this often, in ms.
 */
const longestLookAway = 2_000

/**
 * One alarm. It is armed from a message task: in a hidden tab Chromium runs a timer that was armed
 * in a timer's own callback up to a minute late, one armed from a message within a second.
 */
export function createAlarm(clock: Clock, ring: () => void): Alarm {
  const { port1, port2 } = new MessageChannel()
  let moment: number | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function arm(): void {
    clearTimeout(timer)
    if (moment === null) return
    const delay = Math.max(0, Math.ceil(moment - clock.now()))
    timer = setTimeout(fire, Math.min(delay, document.hidden ? longestDelay : longestLookAway))
  }

  function fire(): void {
    if (moment !== null && moment > clock.now()) return port2.postMessage(null)
    moment = null
    ring()
  }

  port1.onmessage = arm

  return {
    set: (next) => {
      moment = next
      if (next === null) {
        clearTimeout(timer)
        document.removeEventListener('visibilitychange', arm)
      } else {
        port2.postMessage(null)
        document.addEventListener('visibilitychange', arm)
      }
    },
  }
}
