'use client'
import { type ReactNode, useCallback, useMemo } from 'react'
import type { BrowserSessionOptions } from '../browser/createBrowserSession.js'
import { collectMistakes, type Mistakes } from '../core/optionMistakes.js'
import type { Reason, Session } from '../core/session.js'
import { createDiscards, DiscardContext } from './discarding.js'
import { checkExpiredAction, type ExpiredAction } from './expiredAction.js'
import { SessionBoundary } from './SessionBoundary.js'
import { SessionContext } from './SessionContext.js'
import { goToSignIn, type SignIn } from './signIn.js'
import { useBrowserLayoutEffect } from './useBrowserLayoutEffect.js'
import { useOwnSession } from './useOwnSession.js'
import { SignInContext } from './useSignIn.js'

/** Props of the provider that are not about the session itself. */
export interface ProviderOptions {
  children?: ReactNode
  /** A session made outside, in place of all options that are about the session. */
  session?: Session
  /**
   * `false` while nobody is signed in, or while it is not known. Turning it off tells no other
   * tab anything.
   * @default true
   */
  enabled?: boolean
  /** Where "Sign in again" leads: an address, or what to do. @default loads the document anew */
  signIn?: SignIn
  /** What becomes of the page at the end. @default 'screen' */
  expiredAction?: ExpiredAction
  /**
   * At the end, synchronously, after the children are gone: empty whatever else holds the person's
   * data (Redux, IndexedDB, persisted caches).
   */
  onDiscard?: (event: { reason: Reason }) => void
}

/** Props of the provider with its options about the session. */
export type SessionProviderProps = ProviderOptions & BrowserSessionOptions

interface Slots {
  /** Always there beside the children; shows the warning when there is one. */
  warning?: ReactNode
  /** In the children's place once it is over. */
  expired?: ReactNode
}

/**
 * Runs a session for its children: made from the options, or outside and given as `session`.
 *
 * @throws one error with the code `invalid-options` that names every mistake and the value received.
 */
export function SessionProvider(props: SessionProviderProps & Slots) {
  const {
    children,
    session: given,
    enabled = true,
    signIn,
    expiredAction = 'screen',
    onDiscard,
    warning,
    expired,
    ...options
  } = props
  const mistakes = collectMistakes()
  checkProvider(given, options, expiredAction, mistakes)
  const session = useOwnSession(given, options, mistakes)
  const discards = useMemo(() => createDiscards(session), [session])

  useBrowserLayoutEffect(() => (enabled ? session.start() : undefined), [session, enabled])

  const toSignIn = useCallback(
    () => goToSignIn(signIn, session.getState().reason ?? 'unknown'),
    [session, signIn],
  )

  return (
    <SessionContext.Provider value={session}>
      <DiscardContext.Provider value={discards}>
        <SignInContext.Provider value={toSignIn}>
          <SessionBoundary
            action={expiredAction}
            warning={warning}
            expired={expired}
            {...(onDiscard && { onDiscard })}
          >
            {children}
          </SessionBoundary>
        </SignInContext.Provider>
      </DiscardContext.Provider>
    </SessionContext.Provider>
  )
}

function checkProvider(
  given: Session | undefined,
  options: BrowserSessionOptions,
  action: unknown,
  mistakes: Mistakes,
): void {
  checkExpiredAction(action, mistakes)
  if (!given) return
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined) continue
    mistakes.add(
      option,
      'can not be given together with `session`: give it to createSession',
      value,
    )
  }
  mistakes.check('<SessionSecurityProvider>')
}
