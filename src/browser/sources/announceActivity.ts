import { defaultActivityEvents } from '../ports/input.js'

/** All that a frame tells: that there was input. Not where, and not what. */
export const activityMessage = 'react-session-security:activity'

/** How often (ms) input is announced at most. */
const announceEveryMs = 1_000

/**
 * Call this in a frame of another origin. It tells the page around the frame of input, at most once per
 * second. The page listens with `foreignFrame`.
 *
 * @param parentOrigin the exact origin of the page around the frame
 * @returns stops
 */
export function announceActivity(parentOrigin: string): () => void {
  const options = { passive: true, capture: true }
  let announcedAt = Number.NEGATIVE_INFINITY

  function onInput(event: Event): void {
    if (!event.isTrusted || event.timeStamp - announcedAt < announceEveryMs) return
    announcedAt = event.timeStamp
    parent.postMessage(activityMessage, parentOrigin)
  }

  const events = defaultActivityEvents.filter((type) => type !== 'scroll')
  for (const type of events) addEventListener(type, onInput, options)
  return () => {
    for (const type of events) removeEventListener(type, onInput, options)
  }
}
