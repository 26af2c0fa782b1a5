import type { Alarm, Clock } from '../../core/run/environment.js'
import { listen, read } from '../document/dom.js'
import { inFirstFrameAfter } from './frameAlarm.js'
import { maxTimeoutMs } from './maxTimeout.js'

/**
 * A timer stops while the machine sleeps, and nothing tells the page that the machine woke up. So a
 * visible page checks the clock this often (ms).
 */
const clockCheckMs = 2_000

/**
 * One alarm. It sets its timer in a message task: in a hidden tab Chromium runs a timer that was set in
 * a timer's callback up to a minute late, and one that was set in a message task within a second.
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
    const longest = read(document, 'hidden') ? maxTimeoutMs : clockCheckMs
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
