'use client'
import { useId, useMemo, useState } from 'react'
import type { WarningRenderProps } from '../react/renderProps.js'
import { useSession } from '../react/SessionContext.js'
import { useSessionCountdown } from '../react/useSessionCountdown.js'
import { useSessionSecurity } from '../react/useSessionSecurity.js'
import type { Cadence } from './cadence.js'
import { useAnnouncement } from './useAnnouncement.js'

/** One warning, from its opening to its end, as the built-in dialog and render props see it. */
export function useWarningModel(cadence: Cadence, shown: boolean): WarningRenderProps {
  const { extend, signOut } = useSession()
  const { secondsLeft } = useSessionCountdown()
  const endsBy = useSessionSecurity((session) => session.endsBy)
  const extendable = useSessionSecurity((session) => session.extendable)
  const extension = useSessionSecurity((session) => session.extension)
  const announcement = useAnnouncement({ shown, secondsLeft, extendable, extension }, cadence)
  const [dismissed, setDismissed] = useState(false)
  const id = useId()
  return useMemo(
    () => ({
      secondsLeft,
      endsBy,
      extendable,
      extension,
      extend,
      signOut,
      dismissed,
      dismiss: () => setDismissed(true),
      announcement,
      titleId: `${id}title`,
      descriptionId: `${id}description`,
    }),
    [secondsLeft, endsBy, extendable, extension, extend, signOut, dismissed, announcement, id],
  )
}
