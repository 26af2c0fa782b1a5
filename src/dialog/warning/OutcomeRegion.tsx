'use client'
import { useEffect, useRef, useState } from 'react'
import { useSessionSecurity } from '../../react/session/useSessionSecurity.js'
import { useLanguage } from '../language/LanguageProvider.js'
import { LiveRegion } from '../language/LiveRegion.js'

/**
 * A live region outside an open modal dialog is not in the accessibility tree. After the dialog closes
 * it needs this long (ms) to be back there; only then is a change in it announced.
 */
const settleMs = 150

/** Announces how a warning ended: still signed in (perhaps through another tab), or signed out and why. */
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
    const timer = setTimeout(() => setOutcome(result), settleMs)
    return () => clearTimeout(timer)
  }, [status, covered, result])

  return <LiveRegion text={outcome} />

  function outcomeOf(): string | null {
    if (status === 'active') return messages['warning.stayed']
    if (status === 'expired' && reason) return messages[`expired.${reason}.text`]
    return null
  }
}
