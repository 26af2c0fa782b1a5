import { listen, queryAll } from '../document/dom.js'
import { type ActivitySource, defaultActivityEvents } from '../ports/input.js'
import { listenWithin } from './listenWithin.js'

/**
 * Input in iframes of the page's own origin, those added later included. (Frames of another origin
 * have to tell: `foreignFrame`.)
 */
export function sameOriginFrames(
  events: readonly string[] = defaultActivityEvents,
): ActivitySource {
  return (recordActivity) => {
    const stops = new Map<Window, () => void>()

    function watch(frame: HTMLIFrameElement): void {
      const inner = frame.contentWindow
      if (!inner || !isReadable(frame)) return
      stops.get(inner)?.()
      stops.set(inner, listenWithin(inner, events, recordActivity))
    }

    // Each load brings a window of its own, and forgets the listeners of the one before.
    function onLoad({ target }: Event): void {
      if (target instanceof HTMLIFrameElement) watch(target)
    }

    for (const frame of queryAll<HTMLIFrameElement>('iframe')) watch(frame)
    const stopLoad = listen(document, 'load', onLoad, { capture: true })
    return () => {
      stopLoad()
      for (const stop of stops.values()) stop()
    }
  }
}

/** The document of a foreign frame reads as `null`. */
function isReadable(frame: HTMLIFrameElement): boolean {
  return frame.contentDocument !== null
}
