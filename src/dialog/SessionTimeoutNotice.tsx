'use client'
import type { ComponentPropsWithoutRef } from 'react'
import { durationPhrase } from '../messages/timePhrase.js'
import { defaultPolicy, type Policy } from '../protocol/policy.js'
import { type LanguageOptions, LanguageProvider, useLanguage } from './language/LanguageProvider.js'

export interface SessionTimeoutNoticeProps extends LanguageOptions {
  /**
   * The limits that will hold, in ms: give those of the server, since nobody is signed in yet who
   * could be asked about.
   * @default those of the provider's `policy`: 10 min of idleness, no limit of age
   */
  policy?: Pick<Partial<Policy>, 'expireAfter' | 'absoluteTimeout'>
}

/**
 * For the sign-in page: says how long one may be idle before work is lost (WCAG 2.2.6). Needs no
 * provider.
 */
export function SessionTimeoutNotice(props: SessionTimeoutNoticeProps) {
  const { policy, messages, locale, dir } = props
  return (
    <LanguageProvider messages={messages} locale={locale} dir={dir}>
      <Limits {...defaultPolicy} {...policy} />
    </LanguageProvider>
  )
}

function Limits({ expireAfter, absoluteTimeout }: Pick<Policy, 'expireAfter' | 'absoluteTimeout'>) {
  const { messages, locale, dir } = useLanguage()
  const attributes: ComponentPropsWithoutRef<'p'> = {
    className: 'session-security-notice',
    lang: messages.language,
    dir,
  }
  const text = (key: 'notice.idle' | 'notice.absolute', ms: number) =>
    messages[key].replace('{duration}', durationPhrase(ms, messages, locale))
  return (
    <>
      {expireAfter !== false && <p {...attributes}>{text('notice.idle', expireAfter)}</p>}
      {absoluteTimeout !== false && (
        <p {...attributes}>{text('notice.absolute', absoluteTimeout)}</p>
      )}
    </>
  )
}
