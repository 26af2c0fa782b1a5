import type { Reason, Session } from '../../core/session.js'
import { safePath } from '../../protocol/safePath.js'

/** The way back after a sign-in: where it leads, for whom, and why the session was over. */
export interface SignInRequest {
  /**
   * Path and query of the current page, safe to navigate to. `null` after a sign-out: the user has
   * finished, and the next person must not land there.
   */
  returnTo: string | null
  /** Handle of the person it is for; `null` if unknown. See `returnPath`. */
  returnFor: string | null
  reason: Reason
}

/** The address of the sign-in page, or a function that goes there. */
export type SignIn = string | ((request: SignInRequest) => void)

/** Goes to the sign-in page, or reloads the document if the app named none. */
export function goToSignIn(signIn: SignIn | undefined, session: Session): void {
  if (typeof signIn === 'function') return signIn(signInRequest(session))
  if (signIn === undefined) return location.reload()
  goTo(new URL(signIn, location.href), 'assign')
}

export function signInRequest(session: Session): SignInRequest {
  const reason = session.getState().reason ?? 'unknown'
  const here = safePath(`${location.pathname}${location.search}`)
  const returnTo = reason === 'signed-out' ? null : here
  return { returnTo, returnFor: returnTo === null ? null : session.subject(), reason }
}

/** Navigates, always to a new document: modules may still hold the last person's data. */
export function goTo(target: URL, how: 'assign' | 'replace'): void {
  const inDocument = target.hash !== '' && withoutHash(target) === withoutHash(location)
  location[how](target)
  // A change of the fragment alone loads nothing.
  if (inDocument) location.reload()
}

/** Is this the current page, whatever its query? A fragment counts, because routers may use it. */
export function isHere({ origin, pathname, hash }: URL): boolean {
  if (origin !== location.origin || pathname !== location.pathname) return false
  return hash === '' || hash === location.hash
}

function withoutHash({ origin, pathname, search }: URL | Location): string {
  return `${origin}${pathname}${search}`
}
