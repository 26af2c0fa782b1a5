import type { Session } from '../../core/session.js'
import { returnForParam } from '../../protocol/safePath.js'
import type { RedirectAction } from './expiredAction.js'
import { mayRedirect } from './mayRedirect.js'
import { goTo, isHere, signInRequest } from './signIn.js'

/** Leaves the page, which stays covered until it is gone. Returns `false` if the page has to stay. */
export function leavePage(action: 'reload' | RedirectAction, session: Session): boolean {
  if (action === 'reload') {
    // Nobody was signed in: a reload would end here again.
    if (!session.getState().wasActive) return false
    location.reload()
    return true
  }
  const target = new URL(action.redirectTo, location.href)
  if (isHere(target) || !mayRedirect()) return false
  goTo(withWayBack(target, action, session), 'replace')
  return true
}

function withWayBack(target: URL, action: RedirectAction, session: Session): URL {
  const { returnParam = 'returnTo', reasonParam } = action
  const { returnTo, returnFor, reason } = signInRequest(session)
  if (target.origin === location.origin && returnTo !== null) {
    target.searchParams.set(returnParam, returnTo)
    if (returnFor !== null) target.searchParams.set(returnForParam, returnFor)
  }
  if (reasonParam !== undefined) target.searchParams.set(reasonParam, reason)
  return target
}
