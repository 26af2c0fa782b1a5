'use client'
import { hideVisually } from './hideVisually.js'

export interface LiveRegionProps {
  /** What to say; the region must have stood there, empty, before. */
  text: string
  /** Interrupts what is being read. */
  urgent?: boolean
}

/** Text that is heard and not seen. */
export function LiveRegion({ text, urgent = false }: LiveRegionProps) {
  return (
    <div ref={hideVisually} aria-live={urgent ? 'assertive' : 'polite'} aria-atomic="true">
      {text}
    </div>
  )
}
