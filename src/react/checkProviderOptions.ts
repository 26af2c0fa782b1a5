import type { Mistakes } from '../options/optionMistakes.js'
import {
  aBoolean,
  aDuration,
  aFunction,
  anything,
  checkRules,
  type Rules,
} from '../options/rules.js'
import { checkExpiredAction, isPageAddress } from './end/expiredAction.js'
import type { ProviderOptions, SessionProviderProps } from './SessionProvider.js'

const sessionMethods = ['start', 'getState', 'subscribe', 'discarded'] as const

export const providerRules: Rules<ProviderOptions> = {
  children: anything,
  session: { must: 'must be what createSession gives', accepts: isSession },
  enabled: aBoolean,
  signIn: {
    must: 'must be the address of a page, or a function',
    accepts: (value) =>
      typeof value === 'function' || (typeof value === 'string' && isPageAddress(value)),
  },
  expiredAction: anything,
  lockFor: aDuration,
  confirmFormDiscard: aBoolean,
  onDiscard: aFunction,
}

/** Adds what is wrong with the options that are the provider's own. */
export function checkProviderOptions(given: Unchecked, mistakes: Mistakes): void {
  checkRules(given, providerRules, mistakes)
  const { session, expiredAction } = given
  if (expiredAction !== undefined) checkExpiredAction(expiredAction, mistakes)
  if (expiredAction === 'lock' && !session && !given.endpoint && !given.transport) {
    const rule = "'lock' needs an `endpoint` or a `transport`, to hear who is signed in"
    mistakes.add('expiredAction', rule, expiredAction)
  }
}

type Unchecked = { [Option in keyof SessionProviderProps]: unknown }

function isSession(given: unknown): boolean {
  if (typeof given !== 'object' || given === null) return false
  return sessionMethods.every((method) => typeof Reflect.get(given, method) === 'function')
}
