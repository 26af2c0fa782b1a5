import { defaultActivityEvents } from '../ports/input.js'

/** All that a frame says: that there was input. Not where, and not what. */
export const activityMessage = 'react-session-security:activity'

/** In ms. */
const announceEvery = 1_000

/**
 * For use inside a frame of another origin: tells the page around it of input, at most once a
 * second. The page listens by `foreignFrame`.
 *
 * @param parentOrigin the exact origin of the page around it
 * @returns the way to stop
 */
export function announceActivity(parentOrigin: string): () => void {
  const options = { passive: true, capture: true }
  let announcedAt = Number.NEGATIVE_INFINITY

  function onInput(event: Event): void {
    if (!event.isTrusted || event.timeStamp - announcedAt < announceEvery) return
    announcedAt = event.timeStamp
    parent.postMessage(activityMessage, parentOrigin)
  }

  const events = defaultActivityEvents.filter((type) => type !== 'scroll')
  for (const type of events) addEventListener(type, onInput, options)
  return () => {
    for (const type of events) removeEventListener(type, onInput, options)
  }
}
