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
  if (typeof signIn === 'string') return location.assign(signIn)
  location.reload()
}

export function currentAddress(): string {
  return `${location.pathname}${location.search}${location.hash}`
}
