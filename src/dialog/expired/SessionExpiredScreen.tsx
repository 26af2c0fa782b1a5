'use client'
import { type ReactNode, useEffect, useRef } from 'react'
import { beforeNextFrame } from '../../browser/document/beforeNextFrame.js'
import { contains, read } from '../../browser/document/dom.js'
import { useSessionSecurity } from '../../react/session/useSessionSecurity.js'
import { useLanguage } from '../language/LanguageProvider.js'
import { useExpired } from './ExpiredContext.js'

export interface SessionExpiredScreenProps {
  /** Level of the heading. @default 1, as nothing else is on the page */
  headingLevel?: 1 | 2 | 3 | 4 | 5 | 6
  /** The app's own sign-in form. @default a button that leads to signing in */
  children?: ReactNode
}

/** What stands in the app's place once the session is over: why, and how to go on. */
export function SessionExpiredScreen({ headingLevel = 1, children }: SessionExpiredScreenProps) {
  const { reason, wasActive, signOutConfirmed, kept, signIn, titleId, descriptionId } = useExpired()
  const { messages, dir } = useLanguage()
  const covered = useSessionSecurity((session) => session.covered)
  const screen = useRef<HTMLElement | null>(null)
  const heading = useRef<HTMLHeadingElement | null>(null)
  const Heading = `h${headingLevel}` as const
  const why = wasActive ? reason : 'pleaseSignIn'

  // Reading and the keyboard go on from here, as soon as what covered the page is gone.
  useEffect(() => {
    if (covered) return undefined
    // Focus lays out the page at once: so with the frame, as ten tabs end together.
    return beforeNextFrame(() => {
      const active = read(document, 'activeElement')
      // Who is in the sign-in form by then, or was put there by the app, stays there.
      const isInside = active !== screen.current && contains(screen.current, active)
      if (!isInside) heading.current?.focus()
    })
  }, [covered])

  return (
    <main
      ref={screen}
      className="session-security-expired"
      aria-labelledby={titleId}
      data-reason={wasActive ? reason : undefined}
      lang={messages.language}
      dir={dir}
    >
      <div className="session-security-card">
        <Heading ref={heading} id={titleId} tabIndex={-1} className="session-security-title">
          {messages[`expired.${why}.title`]}
        </Heading>
        <p id={descriptionId} className="session-security-description">
          {messages[`expired.${why}.text`]}
        </p>
        {wasActive && reason !== 'signed-out' && (
          <p className="session-security-description">
            {messages[kept ? 'expired.kept' : 'expired.lost']}
          </p>
        )}
        {!signOutConfirmed && (
          <p className="session-security-progress" role="status" data-extension="failed">
            {messages['expired.unconfirmed']}
          </p>
        )}
        {children ?? (
          <div className="session-security-actions">
            <button
              type="button"
              data-part="sign-in"
              className="session-security-button"
              onClick={signIn}
            >
              {messages[wasActive ? 'expired.signInAgain' : 'expired.signIn']}
            </button>
          </div>
        )}
      </div>
    </main>
  )
}
