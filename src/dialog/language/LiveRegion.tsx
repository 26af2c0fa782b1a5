'use client'
import { hideVisually } from './hideVisually.js'

export interface LiveRegionProps {
  /** What to say. Screen readers only notice a change, so render the region empty first. */
  text: string
  /** Interrupts what the screen reader is reading. */
  urgent?: boolean
}

/** Text for screen readers only. */
export function LiveRegion({ text, urgent = false }: LiveRegionProps) {
  return (
    <div ref={hideVisually} aria-live={urgent ? 'assertive' : 'polite'} aria-atomic="true">
      {text}
    </div>
  )
}
