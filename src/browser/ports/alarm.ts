import type { Alarm, Clock } from '../../core/run/environment.js'
import { listen, read } from '../document/dom.js'
import { inFirstFrameAfter } from './frameAlarm.js'

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
  let stopFrame = () => {}
  let stopWatching = () => {}

  function arm(): void {
    clearTimeout(timer)
    if (moment === null) return
    const longest = read(document, 'hidden') ? longestDelay : longestLookAway
    timer = setTimeout(fire, Math.min(left(moment), longest))
  }

  function fire(): void {
    if (moment === null) return
    if (moment > clock.now()) return port2.postMessage(null)
    disarm()
    ring()
  }

  function disarm(): void {
    moment = null
    clearTimeout(timer)
    stopFrame()
    stopWatching()
  }

  function left(until: number): number {
    return Math.max(0, Math.ceil(until - clock.now()))
  }

  port1.onmessage = arm

  return {
    set: (next) => {
      disarm()
      if (next === null) return
      moment = next
      port2.postMessage(null)
      stopFrame = inFirstFrameAfter(left(next), fire)
      stopWatching = listen(document, 'visibilitychange', arm)
    },
  }
}
