import { version } from 'react'
import type { Mistakes } from '../../options/optionMistakes.js'
import { activityHidesPortals } from '../lock/Activity.js'

/**
 * What happens to the page at the end.
 *
 * - `'screen'`: unmount the children and show the expired screen instead
 * - `'lock'`: keep the children, hidden and paused, behind the expired screen until the same person
 *   signs in again. After `lockFor`, or a sign-out, do the same as `'screen'`. Needs React 19.3
 * - `'reload'`: reload the document, which stays covered until then
 * - `{ redirectTo }`: go to another address, covered until then, and send the way back along
 */
export type ExpiredAction = 'screen' | 'lock' | 'reload' | RedirectAction

export interface RedirectAction {
  /** Where to go. The way back is sent along only to an address of this origin. */
  redirectTo: string
  /**
   * Name of the query parameter for the way back (path and query). After a sign-out none is sent. The
   * parameter `returnFor` says whose it is; `returnPath` reads both.
   * @default 'returnTo'
   */
  returnParam?: string
  /** Name of the query parameter for the reason. @default no reason is sent */
  reasonParam?: string
}

export function checkExpiredAction(action: unknown, mistakes: Mistakes): void {
  if (action === 'screen' || action === 'reload') return
  if (action === 'lock') {
    if (!activityHidesPortals) {
      const rule = `'lock' needs React 19.3 or later, whose Activity hides portals; this is ${version}`
      mistakes.add('expiredAction', rule, action)
    }
    return
  }
  if (typeof action !== 'object' || action === null) {
    mistakes.add('expiredAction', "must be 'screen', 'lock', 'reload' or { redirectTo }", action)
    return
  }
  mistakes.unknown(action, ['redirectTo', 'returnParam', 'reasonParam'], 'expiredAction.')
  checkRedirect(action, mistakes)
}

function checkRedirect(action: Partial<RedirectAction>, mistakes: Mistakes): void {
  const { redirectTo } = action
  if (typeof redirectTo !== 'string' || !isPageAddress(redirectTo)) {
    mistakes.add('expiredAction.redirectTo', 'must be the address of a page', redirectTo)
  }
  for (const option of ['returnParam', 'reasonParam'] as const) {
    const value: unknown = action[option]
    if (value === undefined || (typeof value === 'string' && value !== '')) continue
    mistakes.add(`expiredAction.${option}`, 'must be the name of a query parameter', value)
  }
}

/** Only http and https: navigating to a `javascript:` address would run it. */
export function isPageAddress(address: string): boolean {
  if (address === '') return false
  try {
    return /^https?:$/.test(new URL(address, 'http://this.page').protocol)
  } catch {
    return false
  }
}
