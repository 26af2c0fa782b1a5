'use client'
import { useEffect, useRef, useState } from 'react'
import { useSessionSecurity } from '../../react/session/useSessionSecurity.js'
import { useLanguage } from '../language/LanguageProvider.js'
import { LiveRegion } from '../language/LiveRegion.js'

/**
 * A region outside an open modal dialog is not in the accessibility tree; it needs this long, in
 * ms, to be back in it before what is written there is heard.
 */
const settling = 150

/** Says how a warning ended: still signed in, also by another tab, or signed out and why. */
export function OutcomeRegion() {
  const { messages } = useLanguage()
  const status = useSessionSecurity((session) => session.status)
  const covered = useSessionSecurity((session) => session.covered)
  const reason = useSessionSecurity((session) => session.reason)
  const [outcome, setOutcome] = useState('')
  const warned = useRef(false)
  const result = outcomeOf()

  useEffect(() => {
    if (status === 'warning') warned.current = true
    if (status === 'warning' || !warned.current) return setOutcome('')
    if (!result || covered) return
    warned.current = false
    const timer = setTimeout(() => setOutcome(result), settling)
    return () => clearTimeout(timer)
  }, [status, covered, result])

  return <LiveRegion text={outcome} />

  function outcomeOf(): string | null {
    if (status === 'active') return messages['warning.stayed']
    if (status === 'expired' && reason) return messages[`expired.${reason}.text`]
    return null
  }
}
