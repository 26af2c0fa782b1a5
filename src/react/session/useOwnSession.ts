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
 * The session that a provider creates from its options, or the one it was given. Changed options
 * create another session: they are compared by value, the transport by identity. Callbacks may
 * change: the latest one is called.
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
    session: given ?? createBrowserSession({ ...options, ...latestOf(latest, options) }, mistakes),
  })
  const [made, setMade] = useState(make)
  if (given) return given
  if (made.values === values && made.transport === options.transport) return made.session
  const next = make()
  setMade(next)
  return next.session
}

/** Functions are left out. Whether `endElsewhere` is given matters: a redirect waits for it. */
function valuesOf(options: BrowserSessionOptions): string {
  const { transport, initialSession, ...values } = options
  return JSON.stringify({ ...values, endElsewhere: options.endElsewhere !== undefined })
}

function latestOf(
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
  // Leave a value that is no function as it is, so that the check can name it.
  const names = callbackNames.filter((name) => {
    const given: unknown = options[name]
    return typeof given === 'function' || (given === undefined && name !== 'endElsewhere')
  })
  return Object.fromEntries(names.map((name) => [name, wrapped[name]]))
}
