import type { Mistakes } from '../core/optionMistakes.js'
import type { Reason } from '../core/session.js'
import { currentAddress } from './signIn.js'

/**
 * What becomes of the page at the end.
 *
 * - `'screen'`: the children are unmounted and the expired screen stands in their place
 * - `'reload'`: the document is loaded anew, still covered
 * - `{ redirectTo }`: still covered, to an address of this origin; with the way back in
 *   `returnParam` and the reason in `reasonParam`
 */
export type ExpiredAction = 'screen' | 'reload' | RedirectAction

export interface RedirectAction {
  redirectTo: string
  /** Name of the query parameter for the way back. @default 'returnTo' */
  returnParam?: string
  /** Name of the query parameter for the reason. @default none is sent */
  reasonParam?: string
}

export function checkExpiredAction(action: unknown, mistakes: Mistakes): void {
  if (action === 'screen' || action === 'reload') return
  if (typeof action !== 'object' || action === null) {
    mistakes.add('expiredAction', "must be 'screen', 'reload' or { redirectTo }", action)
    return
  }
  mistakes.unknown(action, ['redirectTo', 'returnParam', 'reasonParam'], 'expiredAction.')
  const { redirectTo } = action as Partial<RedirectAction>
  if (typeof redirectTo !== 'string' || redirectTo === '') {
    mistakes.add('expiredAction.redirectTo', 'must be an address', redirectTo)
  }
}

/** Leaves the page, which stays covered until it is gone; `false` where it stays to show the end. */
export function leavePage(action: ExpiredAction, reason: Reason, wasActive: boolean): boolean {
  if (action === 'screen') return false
  if (action === 'reload') {
    // Nobody was signed in: loading anew would only lead here again.
    if (!wasActive) return false
    location.reload()
    return true
  }
  const target = new URL(action.redirectTo, location.href)
  if (target.pathname === location.pathname && target.origin === location.origin) return false
  if (target.origin === location.origin) {
    target.searchParams.set(action.returnParam ?? 'returnTo', currentAddress())
  }
  if (action.reasonParam) target.searchParams.set(action.reasonParam, reason)
  location.replace(target)
  return true
}
