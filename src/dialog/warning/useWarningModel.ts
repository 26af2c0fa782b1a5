'use client'
import { useId, useMemo, useState } from 'react'
import { useSession } from '../../react/session/SessionContext.js'
import { useSessionCountdown } from '../../react/session/useSessionCountdown.js'
import { useSessionSecurity } from '../../react/session/useSessionSecurity.js'
import type { Cadence } from './cadence.js'
import { useAnnouncement } from './useAnnouncement.js'
import type { Ticking, Warning } from './WarningContext.js'

/** One warning, from its opening to its end, as the built-in dialog and render props see it. */
export function useWarningModel(cadence: Cadence, shown: boolean): [Warning, Ticking] {
  const { extend, signOut } = useSession()
  const { secondsLeft } = useSessionCountdown()
  const endsBy = useSessionSecurity((session) => session.endsBy)
  const extendable = useSessionSecurity((session) => session.extendable)
  const extension = useSessionSecurity((session) => session.extension)
  const announcement = useAnnouncement({ shown, secondsLeft, extendable, extension }, cadence)
  const [dismissed, setDismissed] = useState(false)
  const id = useId()
  const warning = useMemo(
    () => ({
      endsBy,
      extendable,
      extension,
      extend,
      signOut,
      dismissed,
      dismiss: () => setDismissed(true),
      titleId: `${id}title`,
      descriptionId: `${id}description`,
    }),
    [endsBy, extendable, extension, extend, signOut, dismissed, id],
  )
  const ticking = useMemo(() => ({ secondsLeft, announcement }), [secondsLeft, announcement])
  return [warning, ticking]
}
