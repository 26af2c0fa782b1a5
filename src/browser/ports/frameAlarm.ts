import { read } from '../document/dom.js'

/**
 * Calls back in the first frame after `ms`, before it is painted. A timer would be too late if the page
 * was blocked past that moment, by `alert()` or a debugger: the browser paints before it runs timers.
 * An animation that animates nothing ends before the frame is painted, and needs no frames while it
 * waits.
 *
 * @returns stops
 */
export function inFirstFrameAfter(ms: number, callBack: () => void): () => void {
  // Some test environments have no animations. The timer is enough there.
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
