'use client'
import type { ComponentPropsWithoutRef } from 'react'
import { durationPhrase } from '../messages/timePhrase.js'
import { defaultPolicy, type Policy } from '../protocol/policy.js'
import { type LanguageOptions, LanguageProvider, useLanguage } from './language/LanguageProvider.js'

export interface SessionTimeoutNoticeProps extends LanguageOptions {
  /**
   * The limits (ms) that will apply. Pass those of the server: nobody is signed in yet, so the page
   * cannot ask for them.
   * @default the default `policy` of the provider: 10 minutes idle, no absolute limit
   */
  policy?: Pick<Partial<Policy>, 'expireAfter' | 'absoluteTimeout'>
}

/**
 * Tells users on the sign-in page how long they may be idle before they lose work (WCAG 2.2.6). Works
 * without a provider.
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
