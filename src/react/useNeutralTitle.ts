'use client'
import { useBrowserLayoutEffect } from './useBrowserLayoutEffect.js'

/**
 * The title may name a patient, in tab lists and screen readers, long after the page itself is
 * hidden. What the app sets meanwhile stands.
 */
export function useNeutralTitle(over: boolean): void {
  useBrowserLayoutEffect(() => {
    if (!over) return
    const { title } = document
    document.title = location.hostname
    // As the browser keeps it.
    const neutral = document.title
    return () => {
      if (document.title === neutral) document.title = title
    }
  }, [over])
}
