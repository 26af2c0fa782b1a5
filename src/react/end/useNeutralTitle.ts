'use client'
import { read, write } from '../../browser/document/dom.js'
import { useBrowserLayoutEffect } from '../session/useBrowserLayoutEffect.js'

/**
 * Replaces the document's title once the session is over: it may name a patient, and tab lists and
 * screen readers show it. If the app sets a title meanwhile, that one stays.
 */
export function useNeutralTitle(over: boolean): void {
  useBrowserLayoutEffect(() => {
    if (!over) return
    const title = read(document, 'title')
    write(document, 'title', location.hostname)
    // Read it back: browsers trim titles.
    const neutral = read(document, 'title')
    return () => {
      if (read(document, 'title') === neutral) write(document, 'title', title)
    }
  }, [over])
}
