'use client'
import { type ReactNode, useEffect, useRef } from 'react'
import { beforeNextFrame } from '../../browser/document/beforeNextFrame.js'
import { contains, read } from '../../browser/document/dom.js'
import { useSessionSecurity } from '../../react/session/useSessionSecurity.js'
import { useLanguage } from '../language/LanguageProvider.js'
import { useExpired } from './ExpiredContext.js'

export interface SessionExpiredScreenProps {
  /** Level of the heading. @default 1, because nothing else is on the page */
  headingLevel?: 1 | 2 | 3 | 4 | 5 | 6
  /** Your own sign-in form. @default a button that leads to the sign-in page */
  children?: ReactNode
}

/** The screen after the end: says why the session is over, and how to continue. */
export function SessionExpiredScreen({ headingLevel = 1, children }: SessionExpiredScreenProps) {
  const { reason, wasActive, signOutConfirmed, kept, signIn, titleId, descriptionId } = useExpired()
  const { messages, dir } = useLanguage()
  const covered = useSessionSecurity((session) => session.covered)
  const screen = useRef<HTMLElement | null>(null)
  const heading = useRef<HTMLHeadingElement | null>(null)
  const Heading = `h${headingLevel}` as const
  const why = wasActive ? reason : 'pleaseSignIn'

  // Screen readers and the keyboard continue from the heading once the cover is gone.
  useEffect(() => {
    if (covered) return undefined
    // focus() forces layout, so do it in the next frame: many tabs may expire at the same moment.
    return beforeNextFrame(() => {
      const active = read(document, 'activeElement')
      // If the user, or the app, has focused the sign-in form by then, leave the focus there.
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
