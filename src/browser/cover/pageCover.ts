import { createCover } from './cover.js'

/** `over`: the session is over, and this document will not show its content again. */
export type Shown = 'content' | 'cover' | 'over'

/** What a source that has windows of its own can follow. */
export interface CoveredPage {
  /** The text on the cover. */
  readonly label: string
  /** Calls back at once and on each change. Returns a function that stops it. */
  follow(listener: (shown: Shown) => void): () => void
}

export interface PageCover extends CoveredPage {
  set(covered: boolean, over: boolean): void
}

/** Covers this document, and tells sources that show parts of it elsewhere to do the same. */
export function createPageCover(label: string): PageCover {
  const cover = createCover(label)
  const listeners = new Set<(shown: Shown) => void>()
  let shown: Shown = 'content'
  return {
    label,
    follow: (listener) => {
      listeners.add(listener)
      listener(shown)
      return () => listeners.delete(listener)
    },
    set: (covered, over) => {
      cover(covered)
      const next = over ? 'over' : covered ? 'cover' : 'content'
      if (next === shown) return
      shown = next
      for (const listener of [...listeners]) listener(shown)
    },
  }
}
