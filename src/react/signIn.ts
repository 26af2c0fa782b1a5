import type { Reason } from '../core/session.js'

/** Where the way back leads, and why it is needed. */
export interface SignInRequest {
  /** The address being shown, of the same origin: path, query and fragment. */
  returnTo: string
  reason: Reason
}

/** An address, or what to do. */
export type SignIn = string | ((request: SignInRequest) => void)

/** Goes where one signs in; loads the document anew where nothing else was said. */
export function goToSignIn(signIn: SignIn | undefined, reason: Reason): void {
  if (typeof signIn === 'function') return signIn({ returnTo: currentAddress(), reason })
  if (signIn === undefined) return location.reload()
  goTo(new URL(signIn, location.href), 'assign')
}

export function currentAddress(): string {
  return `${location.pathname}${location.search}${location.hash}`
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
