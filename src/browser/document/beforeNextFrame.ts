import { listen, read } from './dom.js'

/**
 * Runs `work` before the page is painted next. A hidden page is not painted, and runs it at once.
 * Returns a function that cancels it.
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

/** Runs `work` once before the page is painted next, however often it is asked to. */
export function oncePerFrame(
  work: () => void,
  of: Document = document,
): { ask: () => void; stop: () => void } {
  let waiting: (() => void) | null = null
  return {
    ask: () => {
      if (waiting) return
      // A hidden page runs the work at once. Then nothing waits any more.
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
