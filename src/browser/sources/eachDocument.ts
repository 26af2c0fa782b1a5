import { listen } from '../document/dom.js'

/** How often a window that is between two documents is looked at, in ms. */
const lookEvery = 100

export interface EachDocument {
  /** Sees to a document that has come since; for when it must not wait. */
  look(): void
  stop(): void
}

/**
 * Attaches to the document that a window shows, and again to each that it loads in its place. Nobody
 * tells the opener of a new one; the old one tells that it goes, and `load` comes too late to hide it.
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
    timer = setInterval(look, lookEvery)
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

/** It may show another origin by now, and has forgotten the listeners. */
function tryTo(stop: () => void): void {
  try {
    stop()
  } catch {}
}
