import { listen } from '../document/dom.js'

/** Calls back with each input in another window of this origin; returns the way to stop. */
export function listenWithin(
  inner: Window,
  events: readonly string[],
  onInput: () => void,
): () => void {
  function onEvent(event: Event): void {
    // A window that scrolls by itself is nobody's doing.
    if (event.isTrusted && event.type !== 'scroll') onInput()
  }
  const options = { passive: true, capture: true }
  const stops = events.map((type) => listen(inner, type, onEvent, options))
  return () => {
    try {
      for (const stop of stops) stop()
    } catch {
      // It shows another origin by now, and has forgotten the listeners.
    }
  }
}
