'use client'
import { read, write } from '../../browser/document/dom.js'
import { useBrowserLayoutEffect } from '../session/useBrowserLayoutEffect.js'

/**
 * The title may name a patient, in tab lists and screen readers, long after the page itself is
 * hidden. What the app sets meanwhile stands.
 */
export function useNeutralTitle(over: boolean): void {
  useBrowserLayoutEffect(() => {
    if (!over) return
    const title = read(document, 'title')
    write(document, 'title', location.hostname)
    // As the browser keeps it.
    const neutral = read(document, 'title')
    return () => {
      if (read(document, 'title') === neutral) write(document, 'title', title)
    }
  }, [over])
}
