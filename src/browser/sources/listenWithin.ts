import { listen } from '../document/dom.js'

/** Calls back on each input in another window of this origin. Returns a function that stops it. */
export function listenWithin(
  inner: Window,
  events: readonly string[],
  onInput: () => void,
): () => void {
  function onEvent(event: Event): void {
    // A window may scroll by itself.
    if (event.isTrusted && event.type !== 'scroll') onInput()
  }
  const options = { passive: true, capture: true }
  const stops = events.map((type) => listen(inner, type, onEvent, options))
  return () => {
    try {
      for (const stop of stops) stop()
    } catch {
      // The window shows another origin by now, and has dropped the listeners.
    }
  }
}
