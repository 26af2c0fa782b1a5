import type { ActivityProps, ExoticComponent } from 'react'
import * as React from 'react'

/**
 * Keeps a tree while it is hidden and its effects rest. React has it from 19.2 on. Looked up, not
 * imported by name: bundlers refuse a name that an older React does not export.
 */
export const Activity: ExoticComponent<ActivityProps> | undefined = Reflect.get(React, 'Activity')

const [major = 0, minor = 0] = React.version.split('.').map(Number)

/** React 19.2's leaves in sight what is in portals. */
export const activityHidesPortals = major > 19 || (major === 19 && minor >= 3)
