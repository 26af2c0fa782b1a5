'use client'
import type { ReactNode } from 'react'
import { aFunction, anObject, aText, oneOf, type Rules } from '../options/rules.js'
import { SessionProvider, type SessionProviderProps } from '../react/SessionProvider.js'
import type { ExpiredRenderProps, WarningRenderProps } from '../react/session/renderProps.js'
import { SessionExpired } from './expired/SessionExpired.js'
import { type LanguageOptions, LanguageProvider } from './language/LanguageProvider.js'
import { type Cadence, isCadence } from './warning/cadence.js'
import { SessionWarning } from './warning/SessionWarning.js'

const rules: Rules<DialogOptions> = {
  renderWarning: aFunction,
  renderExpired: aFunction,
  cadence: {
    must: "must be 'hmrc', 'every15s', 'every30s' or a function",
    accepts: isCadence,
  },
  messages: anObject,
  locale: aText,
  dir: oneOf('ltr', 'rtl'),
}

interface DialogOptions extends LanguageOptions {
  /**
   * Renders your own warning. Called while there is a warning. The parts of `SessionWarningDialog` work
   * in it.
   * @default SessionWarningDialog
   */
  renderWarning?: (warning: WarningRenderProps) => ReactNode
  /**
   * Renders your own screen once the session is over.
   * @default SessionExpiredScreen
   */
  renderExpired?: (expired: ExpiredRenderProps) => ReactNode
  /**
   * When screen readers are told the remaining time.
   * @default 'hmrc': at each whole minute above one, then at 60, 40, 20 and 0 seconds
   */
  cadence?: Cadence
}

export type SessionSecurityProviderProps = SessionProviderProps & DialogOptions

/** Runs a session for the app, warns before its end, and replaces the app once it is over. */
export function SessionSecurityProvider(props: SessionSecurityProviderProps) {
  const { renderWarning, renderExpired, cadence = 'hmrc', messages, locale, dir, ...rest } = props
  const given = { renderWarning, renderExpired, cadence, messages, locale, dir }
  return (
    <LanguageProvider messages={messages} locale={locale} dir={dir}>
      <SessionProvider
        {...rest}
        outer={{ given, rules }}
        warning={<SessionWarning cadence={cadence} render={renderWarning} />}
        expired={<SessionExpired render={renderExpired} />}
      />
    </LanguageProvider>
  )
}
