'use client'
import { useRef, useState } from 'react'
import {
  type BrowserSessionOptions,
  createBrowserSession,
} from '../../browser/createBrowserSession.js'
import { callbackNames, pickCallbacks, type SessionCallbacks } from '../../core/callbacks.js'
import type { Session } from '../../core/session.js'
import type { Mistakes } from '../../options/optionMistakes.js'
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
  options: BrowserSessionOptions,
  mistakes: Mistakes,
): Session {
  const latest = useRef<SessionCallbacks>({})
  useBrowserLayoutEffect(() => {
    latest.current = pickCallbacks(options)
  })

  const values = valuesOf(options)
  const make = (): Made => ({
    values,
    transport: options.transport,
    session: given ?? createBrowserSession({ ...options, ...following(latest, options) }, mistakes),
  })
  const [made, setMade] = useState(make)
  if (given) return given
  if (made.values === values && made.transport === options.transport) return made.session
  const anew = make()
  setMade(anew)
  return anew.session
}

/** Functions drop out; whether `endElsewhere` is there decides if anything waits for it. */
function valuesOf(options: BrowserSessionOptions): string {
  const { transport, initialSession, ...values } = options
  return JSON.stringify({ ...values, endElsewhere: options.endElsewhere !== undefined })
}

function following(
  latest: { current: SessionCallbacks },
  options: BrowserSessionOptions,
): SessionCallbacks {
  const wrapped: Required<SessionCallbacks> = {
    onWarning: () => latest.current.onWarning?.(),
    onExtended: () => latest.current.onExtended?.(),
    onExpired: (event) => latest.current.onExpired?.(event),
    onBeforeExpire: async (event) => latest.current.onBeforeExpire?.(event),
    endElsewhere: async (event) => latest.current.endElsewhere?.(event),
  }
  // What is no function is left as it was given, for the check to name it.
  const names = callbackNames.filter((name) => {
    const given: unknown = options[name]
    return typeof given === 'function' || (given === undefined && name !== 'endElsewhere')
  })
  return Object.fromEntries(names.map((name) => [name, wrapped[name]]))
}
