import { collectMistakes, type Mistakes } from '../src/options/optionMistakes.js'
import {
  aBoolean,
  aCount,
  aDuration,
  aFunction,
  anObject,
  anything,
  checkRules,
  oneOf,
  type Rule,
  type Rules,
} from '../src/options/rules.js'
import type { RequestOptions } from './http/httpOptions.js'
import type { RateLimit } from './http/rateLimit.js'
import { checkPolicy } from './options/checkPolicy.js'
import { storeRule } from './options/storeRule.js'
import type { Options } from './options.js'

const rules: Rules<Options> = {
  store: anything,
  secret: anything,
  policy: anything,
  resolve: { ...aFunction, must: "must be a function, such as cookieSession('sid')" },
  origins: anything,
  trustedOrigins: anything,
  trustProxy: aBoolean,
  allowNonBrowser: aBoolean,
  verifyCsrf: { ...aFunction, isSecret: true },
  signIn: {
    must: 'must be an address or a function',
    accepts: (value) => typeof value === 'string' || typeof value === 'function',
  },
  requests: anObject,
  rateLimit: anything,
  timeLimit: aDuration,
  bodyTimeout: aDuration,
  sweepEvery: {
    must: `${aDuration.must}, or false`,
    accepts: (value) => value === false || aDuration.accepts(value),
  },
  clearCookie: {
    must: 'must be a Set-Cookie value in plain ASCII, or a list of them',
    accepts: (value) => [value].flat().every(isSetCookie),
    isSecret: true,
  },
  allowShortWarning: aBoolean,
  onEnd: aFunction,
  onEvent: aFunction,
}

/** @throws one error that names every mistake in the options of `createSessionSecurity`. */
export function checkOptions(given: Options): void {
  const mistakes = collectMistakes('createSessionSecurity')
  if (!anObject.accepts(given)) {
    mistakes.add('options', anObject.must, given)
    return mistakes.check()
  }
  mistakes.unknown(given, Object.keys(rules))
  const wrongStore = storeRule(given.store)
  if (wrongStore) mistakes.add('store', wrongStore, given.store, true)
  checkRules(given, rules, mistakes, { required: ['resolve'] })
  if (typeof given.policy !== 'function')
    checkPolicy(given.policy, given.allowShortWarning === true, mistakes)
  checkSecret(given, mistakes)
  checkOrigins('origins', given.origins, mistakes)
  checkOrigins('trustedOrigins', given.trustedOrigins, mistakes)
  if (anObject.accepts(given.requests)) checkRequests({ ...given.requests }, mistakes)
  checkRateLimit(given.rateLimit, mistakes)
  mistakes.check()
}

const isSetCookie = (value: unknown) => typeof value === 'string' && /^[ -~]+$/.test(value)

const minSecretBytes = 32

function checkSecret({ secret, store }: Options, mistakes: Mistakes): void {
  if (secret === undefined) {
    if (store?.shared === false) return
    const rule = 'is required for a store that several processes share, so that their handles agree'
    return mistakes.add('secret', rule, secret)
  }
  const secrets: unknown[] = Array.isArray(secret) ? secret : [secret]
  const isLong = (one: unknown) =>
    (typeof one === 'string' || one instanceof Uint8Array) &&
    Buffer.byteLength(one) >= minSecretBytes
  if (secrets.length === 0) return mistakes.add('secret', 'must not be an empty list', secret)
  const rule = `must be a string or bytes, at least ${minSecretBytes} bytes long`
  for (const one of secrets) if (!isLong(one)) mistakes.add('secret', rule, one, true)
}

function checkOrigins(option: string, given: unknown, mistakes: Mistakes): void {
  if (given === undefined) return
  if (!Array.isArray(given)) return mistakes.add(option, 'must be a list of origins', given)
  const rule = 'must hold exact origins such as "https://app.example.com"'
  for (const origin of given) if (!isOrigin(origin)) mistakes.add(option, rule, origin)
}

function isOrigin(value: unknown): boolean {
  if (typeof value !== 'string') return false
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\/[^/?#@\\\s,]+$/.exec(value) ?? []
  if (scheme === undefined) return false
  // URL knows no origin for the schemes of web views and extensions, such as `capacitor://localhost`.
  return (
    !['http', 'https'].includes(scheme) || (URL.canParse(value) && new URL(value).origin === value)
  )
}

const isRoute = (route: unknown) =>
  typeof route === 'string'
    ? route.startsWith('/')
    : route instanceof RegExp || typeof route === 'function'

const requestRules: Rules<RequestOptions> = {
  countAs: oneOf('reports', 'activity'),
  passive: anything,
  writeGrace: aCount(0),
}

function checkRequests(given: RequestOptions, mistakes: Mistakes): void {
  mistakes.unknown(given, Object.keys(requestRules), 'requests.')
  checkRules(given, requestRules, mistakes, { path: 'requests.' })
  const { countAs, passive, writeGrace } = given
  const wrong = Array.isArray(passive) ? passive.filter((route) => !isRoute(route)) : [passive]
  if (passive !== undefined)
    for (const route of wrong)
      mistakes.add(
        'requests.passive',
        'must be a list of paths ("/poll"), patterns or functions',
        route,
      )
  if (countAs !== 'activity' && (passive !== undefined || writeGrace !== undefined))
    mistakes.add('requests.countAs', "must be 'activity' for `passive` and `writeGrace`", countAs)
}

const aNumber: Rule = {
  must: 'must be a number above 0',
  accepts: (value) => typeof value === 'number' && value > 0 && Number.isFinite(value),
}

const rateRules: Rules<RateLimit> = { burst: aNumber, perSecond: aNumber }

function checkRateLimit(given: unknown, mistakes: Mistakes): void {
  if (given === undefined || given === false) return
  if (typeof given !== 'object' || given === null)
    return mistakes.add('rateLimit', 'must be { burst, perSecond }, or false', given)
  const required = Object.keys(rateRules)
  mistakes.unknown(given, required, 'rateLimit.')
  checkRules(given, rateRules, mistakes, { path: 'rateLimit.', required })
}
