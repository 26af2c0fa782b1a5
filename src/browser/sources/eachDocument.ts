import { listen } from '../document/dom.js'

/** How often (ms) to check a window that is between two documents. */
const checkEveryMs = 100

export interface EachDocument {
  /** Checks for a new document at once. */
  look(): void
  stop(): void
}

/**
 * Attaches to the document that a window shows, and again to each document that replaces it. Nothing
 * tells the opener of a new document. The old one tells that it goes, and `load` of the new one comes
 * too late to hide it, so the window is checked in between.
 */
export function eachDocument(opened: Window, attach: () => () => void): EachDocument {
  let shown: Document | null = null
  let detach = () => {}
  let timer: ReturnType<typeof setInterval> | undefined

  function look(): void {
    if (opened.closed) return clearInterval(timer)
    const of = documentOf(opened)
    if (of === null || of === shown) return
    clearInterval(timer)
    detach()
    shown = of
    const stops = [listen(opened, 'load', look), listen(opened, 'pagehide', wait), attach()]
    detach = () => {
      for (const stop of stops) tryTo(stop)
    }
  }

  function wait(): void {
    clearInterval(timer)
    timer = setInterval(look, checkEveryMs)
  }

  look()
  return {
    look,
    stop: () => {
      clearInterval(timer)
      detach()
    },
  }
}

/** `null` while the window shows another origin. */
function documentOf(opened: Window): Document | null {
  try {
    return opened.document
  } catch {
    return null
  }
}

/** The window may show another origin by now, which has dropped the listeners anyway. */
function tryTo(stop: () => void): void {
  try {
    stop()
  } catch {}
}
