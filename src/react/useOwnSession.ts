'use client'
import { useRef, useState } from 'react'
import {
  type BrowserSessionOptions,
  createBrowserSession,
} from '../browser/createBrowserSession.js'
import type { SessionCallbacks } from '../core/createSession.js'
import type { Mistakes } from '../core/optionMistakes.js'
import type { Session } from '../core/session.js'
import { useBrowserLayoutEffect } from './useBrowserLayoutEffect.js'

interface Made {
  session: Session
  values: string
  transport: BrowserSessionOptions['transport']
}

/**
 * The session that a provider makes from its options, or the one that it was given. Options are
 * compared by value, the transport by identity; the callbacks are always the latest given.
 */
export function useOwnSession(
  given: Session | undefined,
  { onWarning, onExtended, onExpired, ...options }: BrowserSessionOptions,
  mistakes: Mistakes,
): Session {
  const latest = useRef<SessionCallbacks>({})
  useBrowserLayoutEffect(() => {
    latest.current = {
      ...(onWarning && { onWarning }),
      ...(onExtended && { onExtended }),
      ...(onExpired && { onExpired }),
    }
  })

  const values = JSON.stringify({ ...options, transport: undefined, initialSession: undefined })
  const make = (): Made => ({
    values,
    transport: options.transport,
    session: given ?? createBrowserSession({ ...options, ...following(latest) }, mistakes),
  })
  const [made, setMade] = useState(make)
  if (given) return given
  if (made.values === values && made.transport === options.transport) return made.session
  const anew = make()
  setMade(anew)
  return anew.session
}

function following(latest: { current: SessionCallbacks }): SessionCallbacks {
  return {
    onWarning: () => latest.current.onWarning?.(),
    onExtended: () => latest.current.onExtended?.(),
    onExpired: (event) => latest.current.onExpired?.(event),
  }
}
