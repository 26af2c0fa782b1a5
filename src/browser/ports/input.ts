import type { InputSource } from '../../core/run/environment.js'
import type { CoveredPage } from '../cover/pageCover.js'
import { listen } from '../document/dom.js'
import type { BrowserClock } from './clock.js'

/**
 * A further place where activity is seen: calls `recordActivity` with each, and returns the way to
 * stop. One that shows content outside the page's own document covers it as `page` says.
 */
export type ActivitySource = (recordActivity: () => void, page: CoveredPage) => () => void

export interface ActivityOptions {
  /** Events of the window that count when they are trusted. @default {@link defaultActivityEvents} */
  events?: readonly string[]
  /** Further sources; each is attached while the session runs. @default none */
  sources?: readonly ActivitySource[]
}

/** What counts as activity by default. */
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

/** A page that scrolls by itself must not keep a session: scrolling counts this long after input. */
const scrollAfterInput = 5_000

/** A mouse on a table that somebody bumps into moves less than this, in px. */
const smallestMove = 4

/** So long after its start a document's first mouse move may be the browser's own, in ms. */
const loading = 1_000

/**
 * Real input anywhere in the document. An event costs a comparison or two: while the core rests,
 * only the newest moment is kept.
 */
export function listenForInput(
  clock: BrowserClock,
  { events = defaultActivityEvents, sources = [] }: ActivityOptions,
  page: CoveredPage,
  onInput: (at: number) => number,
): InputSource {
  let newest: number | null = null
  let restFrom = Infinity
  let restUntil = -Infinity
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
      scrollUntil = timeStamp + scrollAfterInput
    }
    record(timeStamp)
  }

  function record(timeStamp: number): void {
    // Now, not when it is taken: a sleep in between must not move it.
    const moment = clock.momentOf(timeStamp)
    if (isResting()) {
      newest = moment
      return
    }
    newest = null
    restFrom = clock.wall()
    restUntil = restFrom + onInput(moment)
  }

  /**
   * By the wall clock, which neither sleep nor a page that stands still can stop; set back, it ends the
   * rest. And to ask `performance.now()` costs more than all else that is done for an event.
   */
  function isResting(): boolean {
    const now = clock.wall()
    return now >= restFrom && now < restUntil
  }

  /**
   * Browsers also send a mouse move when something changes under a mouse that lies still. The first
   * one in a document has nothing to be compared with, and is no input while the page still loads.
   * Later ones count from where the mouse last counted, so that trembling adds up to nothing.
   */
  function moved(event: MouseEvent): boolean {
    const { screenX, screenY } = event
    if (Math.hypot(screenX - x, screenY - y) < smallestMove) return false
    const isFirst = Number.isNaN(x)
    x = screenX
    y = screenY
    return !isFirst || event.movementX !== 0 || event.movementY !== 0 || event.timeStamp > loading
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
