'use client'
import { LiveRegion } from '../language/LiveRegion.js'
import { useTicking } from './WarningContext.js'

/** From this many seconds on announcements interrupt what is being read. */
const urgentFrom = 20

/** Says what a screen reader should be told of the warning. */
export function WarningAnnouncer() {
  const { announcement, secondsLeft } = useTicking()
  return <LiveRegion text={announcement} urgent={secondsLeft <= urgentFrom} />
}
