import { read } from '../document/dom.js'

/**
 * Calls back in the first frame after `ms`, before it is painted. A timer comes too late for that
 * where the page stood still beyond the moment, under `alert()` or in the debugger: the browser
 * paints first. An animation of nothing, which only waits, ends before the frame is painted, and
 * makes no frames while it waits.
 *
 * @returns the way to stop
 */
export function inFirstFrameAfter(ms: number, callBack: () => void): () => void {
  // Not every test environment has animations; timers are there all the same.
  if (typeof Animation !== 'function') return () => {}
  const effect = new KeyframeEffect(null, null, { delay: ms })
  const animation = new Animation(effect, read(document, 'timeline'))
  animation.onfinish = callBack
  animation.play()
  return () => {
    animation.onfinish = null
    animation.cancel()
  }
}
