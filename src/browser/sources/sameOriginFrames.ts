import { type ActivitySource, defaultActivityEvents } from '../inputSource.js'

/**
 * Input in iframes of the page's own origin, those added later included. (Frames of another origin
 * have to tell: `foreignFrame`.)
 */
export function sameOriginFrames(
  events: readonly string[] = defaultActivityEvents,
): ActivitySource {
  return (recordActivity) => {
    const options = { passive: true, capture: true }
    const watched = new Set<Window>()

    function onInput(event: Event): void {
      // A frame that scrolls by itself is nobody's doing.
      if (event.isTrusted && event.type !== 'scroll') recordActivity()
    }

    function watch(frame: HTMLIFrameElement): void {
      const inner = frame.contentWindow
      if (!inner || !isReadable(frame)) return
      watched.add(inner)
      for (const type of events) inner.addEventListener(type, onInput, options)
    }

    // Each load brings a window of its own, and forgets the listeners of the one before.
    function onLoad({ target }: Event): void {
      if (target instanceof HTMLIFrameElement) watch(target)
    }

    for (const frame of document.querySelectorAll('iframe')) watch(frame)
    document.addEventListener('load', onLoad, true)
    return () => {
      document.removeEventListener('load', onLoad, true)
      for (const inner of watched) {
        for (const type of events) inner.removeEventListener(type, onInput, options)
      }
    }
  }
}

/** The document of a foreign frame reads as `null`. */
function isReadable(frame: HTMLIFrameElement): boolean {
  return frame.contentDocument !== null
}
