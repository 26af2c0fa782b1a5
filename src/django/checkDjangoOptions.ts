import { collectMistakes } from '../options/optionMistakes.js'
import { aFunction, anAddress, anObject, checkRules, oneOf, type Rules } from '../options/rules.js'
import type { DjangoTransportOptions } from './djangoTransport.js'

const rules: Rules<DjangoTransportOptions> = {
  pingUrl: anAddress,
  signOut: { ...anObject, must: 'must be an object with `url` and `csrfToken`' },
  credentials: oneOf('omit', 'same-origin', 'include'),
  fetch: aFunction,
}

const signOutRules: Rules<NonNullable<DjangoTransportOptions['signOut']>> = {
  url: anAddress,
  csrfToken: {
    must: 'must be the token, or a function that reads it',
    accepts: (value) => typeof value === 'function' || (typeof value === 'string' && value !== ''),
  },
}

/** @throws one error that names every mistake. */
export function checkDjangoOptions(given: unknown): void {
  const mistakes = collectMistakes('djangoTransport')
  if (!isRecord(given)) {
    mistakes.add('options', anObject.must, given)
    return mistakes.check()
  }
  mistakes.unknown(given, Object.keys(rules))
  checkRules(given, rules, mistakes, { required: ['pingUrl'] })
  const { signOut } = given
  if (isRecord(signOut)) {
    mistakes.unknown(signOut, Object.keys(signOutRules), 'signOut.')
    const required = Object.keys(signOutRules)
    checkRules(signOut, signOutRules, mistakes, { path: 'signOut.', required })
  }
  mistakes.check()
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return anObject.accepts(value)
}
