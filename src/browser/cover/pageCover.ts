import { createCover } from './cover.js'

/** `over`: the session is, and what it protected will not be shown again by this document. */
export type Shown = 'content' | 'cover' | 'over'

/** What a source with windows of its own follows. */
export interface CoveredPage {
  /** What the cover says. */
  readonly label: string
  /** Calls back at once, and with each change; returns the way to stop. */
  follow(listener: (shown: Shown) => void): () => void
}

export interface PageCover extends CoveredPage {
  set(covered: boolean, over: boolean): void
}

/** Covers this document, and tells whoever shows parts of it elsewhere to do the same. */
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
