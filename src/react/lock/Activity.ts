import type { ActivityProps, ExoticComponent } from 'react'
import * as React from 'react'

/**
 * React's `Activity` (19.2 and later) hides a tree and keeps its state, with its effects unmounted.
 * It is looked up, not imported by name: bundlers reject a name that an older React does not export.
 */
export const Activity: ExoticComponent<ActivityProps> | undefined = Reflect.get(React, 'Activity')

const [major = 0, minor = 0] = React.version.split('.').map(Number)

/** In React 19.2 a hidden `Activity` leaves portals visible. */
export const activityHidesPortals = major > 19 || (major === 19 && minor >= 3)
