'use client'
import { useLanguage } from '../language/LanguageProvider.js'
import { WarningAnnouncer } from './WarningAnnouncer.js'
import { useTicking } from './WarningContext.js'

/** Shows the remaining time after the warning was dismissed, without blocking the page. */
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
