import type { Mistakes } from '../core/options/optionMistakes.js'
import { checkExpiredAction, isPageAddress } from './end/expiredAction.js'
import type { SessionProviderProps } from './SessionProvider.js'

const sessionMethods = ['start', 'getState', 'subscribe', 'discarded'] as const

/** Their names, and those of the dialog's options, which arrive here only when misspelt. */
export const providerOptions = [
  'session',
  'enabled',
  'signIn',
  'expiredAction',
  'lockFor',
  'confirmFormDiscard',
  'onDiscard',
  'renderWarning',
  'renderExpired',
  'cadence',
  'messages',
  'locale',
] as const

/** Adds what is wrong with the options that are the provider's own. */
export function checkProviderOptions(given: Unchecked, mistakes: Mistakes): void {
  const { session, enabled, signIn, expiredAction, lockFor, confirmFormDiscard, onDiscard } = given
  if (session !== undefined && !isSession(session)) {
    mistakes.add('session', 'must be what createSession gives', session)
  }
  if (expiredAction !== undefined) checkExpiredAction(expiredAction, mistakes)
  if (expiredAction === 'lock' && !session && !given.endpoint && !given.transport) {
    const rule = "'lock' needs an `endpoint` or a `transport`, to hear who is signed in"
    mistakes.add('expiredAction', rule, expiredAction)
  }
  if (signIn !== undefined && typeof signIn !== 'function') {
    if (typeof signIn !== 'string' || !isPageAddress(signIn)) {
      mistakes.add('signIn', 'must be the address of a page, or a function', signIn)
    }
  }
  if (lockFor !== undefined && !(Number.isSafeInteger(lockFor) && Number(lockFor) > 0)) {
    mistakes.add('lockFor', 'must be a time in whole milliseconds, more than 0', lockFor)
  }
  for (const [option, value] of Object.entries({ enabled, confirmFormDiscard })) {
    if (value === undefined || typeof value === 'boolean') continue
    mistakes.add(option, 'must be a boolean', value)
  }
  if (onDiscard !== undefined && typeof onDiscard !== 'function') {
    mistakes.add('onDiscard', 'must be a function', onDiscard)
  }
}

type Unchecked = { [Option in keyof SessionProviderProps]: unknown }

function isSession(given: unknown): boolean {
  if (typeof given !== 'object' || given === null) return false
  return sessionMethods.every((method) => typeof Reflect.get(given, method) === 'function')
}
