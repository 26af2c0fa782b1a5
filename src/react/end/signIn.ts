import type { Reason, Session } from '../../core/session.js'
import { safePath } from '../../protocol/safePath.js'

/** Where the way back leads, whose it is, and why it is needed. */
export interface SignInRequest {
  /**
   * Path and query of the page being shown, safe to go to. `null` after a sign-out: who signed out
   * has finished, and who comes next has no business there.
   */
  returnTo: string | null
  /** Handle of the person it belongs to; `null` where it is not known. See `returnPath`. */
  returnFor: string | null
  reason: Reason
}

/** An address, or what to do. */
export type SignIn = string | ((request: SignInRequest) => void)

/** Goes where one signs in; loads the document anew where nothing else was said. */
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

/** Always by a new document: modules keep what the last person left in them. */
export function goTo(target: URL, how: 'assign' | 'replace'): void {
  const inDocument = target.hash !== '' && withoutHash(target) === withoutHash(location)
  location[how](target)
  // A mere change of the fragment loads nothing.
  if (inDocument) location.reload()
}

/** Whether this is the page in question, whatever the query. Routes may live in the fragment. */
export function isHere({ origin, pathname, hash }: URL): boolean {
  if (origin !== location.origin || pathname !== location.pathname) return false
  return hash === '' || hash === location.hash
}

function withoutHash({ origin, pathname, search }: URL | Location): string {
  return `${origin}${pathname}${search}`
}
