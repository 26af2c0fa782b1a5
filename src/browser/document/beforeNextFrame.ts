import { listen, read } from './dom.js'

/**
 * Does `work` before the page is painted the next time; a hidden page is not, and does it at once.
 * Returns the way to stop, if it is not done yet.
 */
export function beforeNextFrame(work: () => void, of: Document = document): () => void {
  const view = read(of, 'defaultView')
  if (!view || read(of, 'hidden')) {
    work()
    return () => {}
  }
  const frame = view.requestAnimationFrame(doIt)
  const stopListening = listen(of, 'visibilitychange', doIt)
  function stop(): void {
    view?.cancelAnimationFrame(frame)
    stopListening()
  }
  function doIt(): void {
    stop()
    work()
  }
  return stop
}

/** However often it is called, does `work` once before the page is painted the next time. */
export function oncePerFrame(
  work: () => void,
  of: Document = document,
): { ask: () => void; stop: () => void } {
  let waiting: (() => void) | null = null
  return {
    ask: () => {
      if (waiting) return
      // A hidden page works at once, and must not be taken for one that waits afterwards.
      waiting = () => {}
      const stop = beforeNextFrame(() => {
        waiting = null
        work()
      }, of)
      if (waiting) waiting = stop
    },
    stop: () => {
      waiting?.()
      waiting = null
    },
  }
}
