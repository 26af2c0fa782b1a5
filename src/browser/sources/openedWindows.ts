import { createCover } from '../cover/cover.js'
import type { CoveredPage, Shown } from '../cover/pageCover.js'
import { createElement, listen, rootOf } from '../document/dom.js'
import { type ActivitySource, defaultActivityEvents } from '../ports/input.js'
import { eachDocument } from './eachDocument.js'
import { listenWithin } from './listenWithin.js'

export interface OpenedWindows extends ActivitySource {
  /**
   * Adds a window to the session. `null` is ignored: `window.open` returns it if the pop-up was blocked.
   *
   * @returns releases the window, before it shows something else
   * @throws if the window shows another origin, which a page can neither observe nor cover.
   */
  add(opened: Window | null): () => void
}

/** What one session does for one window. Returns a function that stops it. */
type Attach = (opened: Window) => () => void

/**
 * Windows of this origin that the app opened and renders into with a portal: pop-ups, and document
 * picture-in-picture. Input in them counts. They are covered while the page is covered. At the end, or
 * when the page that renders into them goes away, they are emptied and closed.
 *
 * @param events which events count there. @default {@link defaultActivityEvents}
 */
export function openedWindows(events: readonly string[] = defaultActivityEvents): OpenedWindows {
  const windows = new Set<Window>()
  const sessions = new Map<Attach, Map<Window, () => void>>()

  function source(recordActivity: () => void, page: CoveredPage): () => void {
    const attach: Attach = (opened) => {
      let look = () => {}
      // First, because the window may show another document by now.
      const stopLooking = page.follow(() => look())
      const documents = eachDocument(opened, () => {
        const stopInput = listenWithin(opened, events, recordActivity)
        const stopCover = coverAlong(opened, page)
        return () => {
          stopInput()
          stopCover()
        }
      })
      look = documents.look
      return () => {
        stopLooking()
        documents.stop()
      }
    }
    const held = new Map<Window, () => void>()
    sessions.set(attach, held)
    for (const opened of windows) held.set(opened, attach(opened))
    const stopLeaving = listen(window, 'pagehide', () => {
      for (const opened of windows) empty(opened)
    })
    return () => {
      stopLeaving()
      for (const stop of held.values()) stop()
      sessions.delete(attach)
    }
  }

  function add(opened: Window | null): () => void {
    if (!opened) return () => {}
    checkOrigin(opened)
    forgetClosed()
    windows.add(opened)
    for (const [attach, held] of sessions) {
      if (!held.has(opened)) held.set(opened, attach(opened))
    }
    return () => forget(opened)
  }

  function forget(opened: Window): void {
    windows.delete(opened)
    for (const held of sessions.values()) {
      held.get(opened)?.()
      held.delete(opened)
    }
  }

  function forgetClosed(): void {
    for (const opened of windows) if (opened.closed) forget(opened)
  }

  return Object.assign(source, { add })
}

function coverAlong(opened: Window, { label, follow }: CoveredPage): () => void {
  const cover = createCover(label, opened.document)
  let stopped = false
  const stop = follow((shown: Shown) => {
    if (stopped) return
    cover(shown === 'cover')
    if (shown === 'over') empty(opened)
  })
  return () => {
    stopped = true
    stop()
    cover(false)
  }
}

/**
 * Takes the whole root element out of the window. React still finds what it rendered in it, and can
 * unmount it.
 */
function empty(opened: Window): void {
  try {
    const of = opened.document
    rootOf(of).replaceWith(createElement('html', of))
  } catch {
    // The window shows another origin by now, or is gone.
  }
  opened.close()
}

function checkOrigin(opened: Window): void {
  try {
    if (opened.document) return
  } catch {
    // Reading it throws for another origin.
  }
  throw new TypeError(
    "react-session-security: openedWindows can only add windows of this page's own origin: it may neither hear nor cover others.",
  )
}
