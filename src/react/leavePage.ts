import type { Reason } from '../core/session.js'
import type { ExpiredAction, RedirectAction } from './expiredAction.js'
import { mayRedirect } from './loopGuard.js'
import { currentAddress, goTo, isHere } from './signIn.js'

/** Leaves the page, which stays covered until it is gone; `false` where it stays to show the end. */
export function leavePage(action: ExpiredAction, reason: Reason, wasActive: boolean): boolean {
  if (action === 'screen' || action === 'lock') return false
  if (action === 'reload') {
    // Nobody was signed in: loading anew would only lead here again.
    if (!wasActive) return false
    location.reload()
    return true
  }
  const target = new URL(action.redirectTo, location.href)
  if (isHere(target) || !mayRedirect()) return false
  goTo(withWayBack(target, action, reason), 'replace')
  return true
}

function withWayBack(target: URL, action: RedirectAction, reason: Reason): URL {
  const { returnParam = 'returnTo', reasonParam } = action
  if (target.origin === location.origin) target.searchParams.set(returnParam, currentAddress())
  if (reasonParam !== undefined) target.searchParams.set(reasonParam, reason)
  return target
}
