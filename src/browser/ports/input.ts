import type { InputSource } from '../../core/run/environment.js'
import type { CoveredPage } from '../cover/pageCover.js'
import { listen } from '../document/dom.js'
import type { BrowserClock } from './clock.js'

/**
 * A custom activity source: calls `recordActivity` when it sees activity, and returns a function that
 * stops it. A source that shows content outside the page's document covers that content when `page`
 * says so.
 */
export type ActivitySource = (recordActivity: () => void, page: CoveredPage) => () => void

export interface ActivityOptions {
  /** Events of the window that count if they are trusted. @default {@link defaultActivityEvents} */
  events?: readonly string[]
  /** Further sources, attached while the session runs. @default none */
  sources?: readonly ActivitySource[]
}

/** The events that count as activity by default. */
export const defaultActivityEvents: readonly string[] = [
  'mousemove',
  'mousedown',
  'pointerdown',
  'touchstart',
  'touchmove',
  'wheel',
  'scroll',
  'keydown',
  'click',
]

/** A page that scrolls by itself must not keep a session. So scrolling counts only this long (ms) after other input. */
const scrollAfterInputMs = 5_000

/** Ignore mouse moves shorter than this (px): somebody bumped the desk. */
const minMovePx = 4

/** A document's first mouse move within this time (ms) after its start may be made by the browser. */
const loadingMs = 1_000

/**
 * Real input anywhere in the document. An event costs one or two comparisons: while the core wants no
 * input (see `throttleMs` of the core), only the newest moment is kept.
 */
export function listenForInput(
  clock: BrowserClock,
  { events = defaultActivityEvents, sources = [] }: ActivityOptions,
  page: CoveredPage,
  onInput: (at: number) => number,
): InputSource {
  let newest: number | null = null
  let throttledFrom = Infinity
  let throttledUntil = -Infinity
  let scrollUntil = -Infinity
  let x = Number.NaN
  let y = Number.NaN

  function onEvent(event: Event): void {
    const { timeStamp, type } = event
    if (!event.isTrusted) return
    if (type === 'mousemove' && !moved(event as MouseEvent)) return
    if (type === 'scroll') {
      if (timeStamp > scrollUntil) return
    } else {
      scrollUntil = timeStamp + scrollAfterInputMs
    }
    record(timeStamp)
  }

  function record(timeStamp: number): void {
    // Convert now, not when it is taken: a sleep in between must not move it.
    const moment = clock.momentOf(timeStamp)
    if (isThrottled()) {
      newest = moment
      return
    }
    newest = null
    throttledFrom = clock.wall()
    throttledUntil = throttledFrom + onInput(moment)
  }

  /**
   * Uses the wall clock: it runs during sleep, and it is much cheaper than `performance.now()`. If the
   * clock is set back, throttling simply ends.
   */
  function isThrottled(): boolean {
    const now = clock.wall()
    return now >= throttledFrom && now < throttledUntil
  }

  /**
   * Browsers also send a mouse move when something changes under a mouse that lies still. The first one
   * in a document cannot be compared with another, and does not count while the page loads. Later ones
   * are compared with the last position that counted, so that trembling does not add up.
   */
  function moved(event: MouseEvent): boolean {
    const { screenX, screenY } = event
    if (Math.hypot(screenX - x, screenY - y) < minMovePx) return false
    const isFirst = Number.isNaN(x)
    x = screenX
    y = screenY
    return !isFirst || event.movementX !== 0 || event.movementY !== 0 || event.timeStamp > loadingMs
  }

  const options = { passive: true, capture: true }
  const stops = events.map((type) => listen(window, type, onEvent, options))
  const detach = sources.map((source) => source(() => record(performance.now()), page))
  return {
    take: () => {
      const at = newest
      newest = null
      return at
    },
    stop: () => {
      for (const stop of [...stops, ...detach]) stop()
    },
  }
}
