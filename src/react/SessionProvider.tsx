'use client'
import { type ReactNode, useCallback, useRef, useState } from 'react'
import type { BrowserSessionOptions } from '../browser/createBrowserSession.js'
import type { Reason, Session } from '../core/session.js'
import { collectMistakes, type Mistakes } from '../options/optionMistakes.js'
import { checkRules, type Rules } from '../options/rules.js'
import { checkProviderOptions, providerRules } from './checkProviderOptions.js'
import { createDataHolders, DataHoldersContext } from './end/dataHolders.js'
import type { ExpiredAction } from './end/expiredAction.js'
import { SessionBoundary } from './end/SessionBoundary.js'
import { goToSignIn, type SignIn } from './end/signIn.js'
import { SignInContext } from './end/useSignIn.js'
import { watchForms } from './end/watchForms.js'
import { whenReachable } from './end/whenReachable.js'
import { SessionContext } from './session/SessionContext.js'
import { useBrowserLayoutEffect } from './session/useBrowserLayoutEffect.js'
import { useOwnSession } from './session/useOwnSession.js'

/** Props of the provider that are not about the session itself. */
export interface ProviderOptions {
  children?: ReactNode
  /** A session from `createSession`, instead of all options about the session. */
  session?: Session
  /**
   * Set it to `false` while nobody is signed in or you don't know yet, such as on the sign-in page.
   * Other tabs do not notice. Content kept by `'lock'` is dropped.
   * @default true
   */
  enabled?: boolean
  /** Where "Sign in again" leads: an address, or a function. @default reloads the document */
  signIn?: SignIn
  /** What happens to the page at the end. @default 'screen' */
  expiredAction?: ExpiredAction
  /**
   * How long (ms) `'lock'` keeps the children. Their data stays in this browser's memory for that time.
   * Afterwards they are unmounted as with `'screen'`.
   * @default 900_000 (15 min)
   */
  lockFor?: number
  /**
   * Makes the browser ask before the page is left if a form was changed and neither submitted nor
   * reset. Never asks once the session is over.
   * @default false
   */
  confirmFormDiscard?: boolean
  /**
   * Called at the end, after the children are unmounted and before the cover is lifted. Empty
   * whatever else holds the person's data: Redux, IndexedDB, persisted caches. With `'lock'` it is
   * called when the lock is given up. Not called if this document never had a live session.
   */
  onDiscard?: (event: { reason: Reason }) => void
}

/** Props of the provider with its options about the session. */
export type SessionProviderProps = ProviderOptions & BrowserSessionOptions

/** Options of the component around this one. Checked here, so that one error names every mistake. */
export interface OuterOptions {
  given: Readonly<Record<string, unknown>>
  rules: Rules<Record<string, unknown>>
}

interface Slots {
  /** Rendered beside the children at all times; shows the warning when there is one. */
  warning?: ReactNode
  /** Replaces the children once the session is over. */
  expired?: ReactNode
  /** @internal Options of the dialog's provider, which wraps this one. */
  outer?: OuterOptions
}

/**
 * Runs a session for its children: one created from the options, or the one given as `session`.
 *
 * @throws one error with the code `invalid-options` that names every mistake and the value received.
 */
export function SessionProvider(props: SessionProviderProps & Slots) {
  const { children, warning, expired, outer, ...given } = props
  const {
    session: outside,
    enabled = true,
    signIn,
    expiredAction = 'screen',
    lockFor = 900_000,
    confirmFormDiscard = false,
    onDiscard,
    ...options
  } = given
  const names = Object.keys({ ...providerRules, ...outer?.rules })
  const mistakes = collectMistakes('<SessionSecurityProvider>', names)
  if (outer) checkRules(outer.given, outer.rules, mistakes)
  checkProviderOptions(given, mistakes)
  if (outside) refuseBoth(options, mistakes)
  const session = useOwnSession(outside, options, mistakes)
  mistakes.check()
  const [holders] = useState(createDataHolders)

  useBrowserLayoutEffect(() => (enabled ? session.start() : undefined), [session, enabled])
  useBrowserLayoutEffect(
    () => (confirmFormDiscard ? watchForms(session) : undefined),
    [session, confirmFormDiscard],
  )

  const stopWaiting = useRef(() => {})
  useBrowserLayoutEffect(() => () => stopWaiting.current(), [])
  const toSignIn = useCallback(() => {
    const go = () => {
      stopWaiting.current()
      stopWaiting.current = whenReachable(session, () => goToSignIn(signIn, session))
    }
    const ending = session.endedElsewhere()
    if (ending) void ending.then(go)
    else go()
  }, [session, signIn])

  return (
    <SessionContext.Provider value={session}>
      <DataHoldersContext.Provider value={holders}>
        <SignInContext.Provider value={toSignIn}>
          <SessionBoundary
            warning={warning}
            expired={expired}
            endPhase={{ action: expiredAction, lockFor, holders, onDiscard }}
          >
            {children}
          </SessionBoundary>
        </SignInContext.Provider>
      </DataHoldersContext.Provider>
    </SessionContext.Provider>
  )
}

function refuseBoth(options: BrowserSessionOptions, mistakes: Mistakes): void {
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined) continue
    const rule = 'must not be given together with `session`: give it to createSession'
    mistakes.add(option, rule, value)
  }
}
