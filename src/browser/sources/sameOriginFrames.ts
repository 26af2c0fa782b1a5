import { listen, queryAll } from '../document/dom.js'
import { type ActivitySource, defaultActivityEvents } from '../ports/input.js'
import { listenWithin } from './listenWithin.js'

/**
 * Input in iframes of the page's own origin, including those added later. (For frames of another
 * origin, see `foreignFrame`.)
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

    // Each load brings a new window, which drops the listeners of the old one.
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

/** The document of a frame of another origin is `null`. */
function isReadable(frame: HTMLIFrameElement): boolean {
  return frame.contentDocument !== null
}
