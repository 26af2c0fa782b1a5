'use client'
import { useSessionSecurity } from '../../react/session/useSessionSecurity.js'
import { useLanguage } from '../language/LanguageProvider.js'

/** Says that this page goes on without the server, because it gives no answer or refuses to. */
export function UnreachableNotice() {
  const { messages, dir } = useLanguage()
  const text = useSessionSecurity(({ unreachable, refused, status }) => {
    if (!unreachable || status !== 'active') return null
    return refused === null ? 'notice.unreachable' : 'notice.refused'
  })
  return (
    <div role="status" lang={messages.language} dir={dir}>
      {text && <p className="session-security-banner">{messages[text]}</p>}
    </div>
  )
}
