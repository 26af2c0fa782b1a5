'use client'
import { LiveRegion } from '../language/LiveRegion.js'
import { useTicking } from './WarningContext.js'

/** From this many seconds on, announcements interrupt what the screen reader is reading. */
const urgentFrom = 20

/** The live region of the warning. */
export function WarningAnnouncer() {
  const { announcement, secondsLeft } = useTicking()
  return <LiveRegion text={announcement} urgent={secondsLeft <= urgentFrom} />
}
