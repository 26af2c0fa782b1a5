import { act, render } from '@testing-library/react'
import { type ReactNode, StrictMode } from 'react'
import type { SessionState } from '../../src/core/session.js'
import type { Cadence } from '../../src/dialog/cadence.js'
import { LanguageContext, type LanguageOptions } from '../../src/dialog/LanguageContext.js'
import { SessionWarning } from '../../src/dialog/SessionWarning.js'
import type { WarningRenderProps } from '../../src/react/renderProps.js'
import { SessionContext } from '../../src/react/SessionContext.js'
import { scriptedSession } from './scriptedSession.js'

interface Options {
  app?: ReactNode
  cadence?: Cadence
  language?: LanguageOptions
  warning?: (warning: WarningRenderProps) => ReactNode
}

/** The warning beside an app, in Strict Mode, with the session in the test's hands. */
export function renderWarning({ app, cadence = 'hmrc', language = {}, warning }: Options = {}) {
  const { session, ...hands } = scriptedSession()
  const view = render(
    <StrictMode>
      <LanguageContext.Provider value={language}>
        <SessionContext.Provider value={session}>
          {app}
          <SessionWarning cadence={cadence} render={warning} />
        </SessionContext.Provider>
      </LanguageContext.Provider>
    </StrictMode>,
  )
  return {
    ...view,
    extend: hands.extend,
    signOut: hands.signOut,
    become: (change: Partial<SessionState>) => act(() => hands.become(change)),
    countTo: (seconds: number) => act(() => hands.countTo(seconds)),
  }
}
