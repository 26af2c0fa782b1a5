'use client'
import { useSessionSecurity } from '../../react/session/useSessionSecurity.js'
import { useLanguage } from '../language/LanguageProvider.js'

/** Says that this browser goes on without the server, which may not take what is saved. */
export function UnreachableNotice() {
  const { messages, dir } = useLanguage()
  const shown = useSessionSecurity((session) => session.unreachable && session.status === 'active')
  return (
    <div role="status" lang={messages.language} dir={dir}>
      {shown && <p className="session-security-banner">{messages['notice.unreachable']}</p>}
    </div>
  )
}
