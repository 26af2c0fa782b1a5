'use client'
import { useLanguage } from '../language/LanguageProvider.js'
import { WarningAnnouncer } from './WarningAnnouncer.js'
import { useTicking } from './WarningContext.js'

/** The time left once the warning was put aside: in sight, and in nobody's way. */
export function SessionEndBanner() {
  const { secondsLeft } = useTicking()
  const { messages, dir, withTime } = useLanguage()
  return (
    <section
      className="session-security-banner"
      aria-label={messages['absolute.title']}
      lang={messages.language}
      dir={dir}
    >
      <p role="timer">{withTime('absolute.countdown', secondsLeft)}</p>
      <WarningAnnouncer />
    </section>
  )
}
