import { quote, show } from './describeValue.js'
import type { Options } from './options.js'
import { policyMistakes, policyOptions } from './policy.js'
import { storeMistake } from './storeMistake.js'

const known = [
  ...['store', 'secret', 'policy', 'resolve', 'origins', 'trustedOrigins', 'trustProxy'],
  ...['allowNonBrowser', 'verifyCsrf', 'signIn', 'requests', 'rateLimit', 'timeLimit'],
  ...['bodyTimeout', 'sweepEvery', 'clearCookie', 'allowShortWarning', 'onEnd', 'onEvent'],
]

/** Throws one error that names every mistake in the options of `createSessionSecurity`. */
export function checkOptions(options: Options): void {
  if (typeof options !== 'object' || options === null)
    fail('createSessionSecurity', [`The options have to be an object, not ${show(options)}`])
  const given = options as unknown as Record<string, unknown>
  const mistakes = misspelt(given, known, '')
  const want = (name: string, good: boolean, what: string) => {
    if (!good) mistakes.push(`${name} has to be ${what}, not ${show(given[name])}`)
  }
  const optional = (name: string, type: 'function' | 'boolean') =>
    want(name, given[name] === undefined || typeof given[name] === type, `a ${type}`)
  const duration = (name: string, or = '') =>
    want(
      name,
      given[name] === undefined || (or !== '' && given[name] === false) || isPositive(given[name]),
      `whole milliseconds above 0${or}`,
    )

  const wrongStore = storeMistake(given.store)
  if (wrongStore) mistakes.push(wrongStore)
  want('resolve', typeof given.resolve === 'function', "a function, such as cookieSession('sid')")
  if (typeof given.policy === 'object' && given.policy)
    mistakes.push(...misspelt(given.policy as Record<string, unknown>, policyOptions, 'policy.'))
  if (typeof given.policy !== 'function')
    mistakes.push(...policyMistakes(given.policy, given.allowShortWarning === true))
  mistakes.push(...secretMistakes(options))
  for (const name of ['origins', 'trustedOrigins'])
    mistakes.push(...originMistakes(name, given[name]))
  for (const name of ['trustProxy', 'allowNonBrowser', 'allowShortWarning'])
    optional(name, 'boolean')
  for (const name of ['verifyCsrf', 'onEnd', 'onEvent']) optional(name, 'function')
  const { clearCookie } = given
  want(
    'clearCookie',
    clearCookie === undefined || [clearCookie].flat().every(isSetCookie),
    'a Set-Cookie value in plain ASCII, or a list of them',
  )
  want(
    'signIn',
    ['undefined', 'string', 'function'].includes(typeof given.signIn),
    'an address or a function',
  )
  for (const name of ['timeLimit', 'bodyTimeout']) duration(name)
  duration('sweepEvery', ' or false')
  mistakes.push(...requestMistakes(given.requests), ...rateMistakes(given.rateLimit))
  if (mistakes.length > 0) fail('createSessionSecurity', mistakes)
}

const isSetCookie = (value: unknown) => typeof value === 'string' && /^[ -~]+$/.test(value)

export function fail(who: string, mistakes: string[]): never {
  const list = mistakes.map((mistake) => `\n- ${mistake}`).join('')
  throw Object.assign(new TypeError(`${who} can't be set up like this:${list}`), {
    code: 'invalid-options',
  })
}

export function misspelt(
  given: Record<string, unknown>,
  names: string[],
  prefix: string,
): string[] {
  return Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => {
      const meant = names.find((known) => alike(known, name))
      const hint = meant ? `; did you mean ${prefix}${meant}?` : ''
      return `${prefix}${name} (${typeof given[name]}) is not an option${hint}`
    })
}

/** The same letters, or the same but for one typing slip. */
function alike(a: string, b: string): boolean {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()]
  if (Math.abs(x.length - y.length) > 2) return false
  let start = 0
  while (start < x.length && x[start] === y[start]) start++
  let end = 0
  while (end < Math.min(x.length, y.length) - start && x.at(-1 - end) === y.at(-1 - end)) end++
  return Math.max(x.length, y.length) - start - end <= 2
}

const isPositive = (value: unknown) => Number.isSafeInteger(value) && (value as number) > 0

function secretMistakes({ secret, store }: Options): string[] {
  if (secret === undefined)
    return store?.shared === false
      ? []
      : ['secret is required with a store that processes share; without one their handles differ']
  const secrets = Array.isArray(secret) ? secret : [secret]
  if (secrets.length === 0) return ['secret is an empty list']
  // The value itself is not shown: errors end up in logs.
  return secrets.flatMap((one: unknown) => {
    if (typeof one !== 'string' && !(one instanceof Uint8Array))
      return [`secret has to be a string or bytes, not ${typeof one}`]
    const length = Buffer.byteLength(one)
    return length < 32 ? [`secret has to have at least 32 bytes; one has ${length}`] : []
  })
}

function originMistakes(name: string, value: unknown): string[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) return [`${name} has to be a list of origins, not ${quote(value)}`]
  return value
    .filter((origin) => !isOrigin(origin))
    .map(
      (origin) =>
        `${name} has to hold exact origins such as "https://app.example.com", not ${quote(origin)}`,
    )
}

function isOrigin(value: unknown): boolean {
  if (typeof value !== 'string') return false
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\/[^/?#@\\\s,]+$/.exec(value) ?? []
  if (scheme === undefined) return false
  // The web views and extensions of other schemes have no origin that URL knows: `capacitor://localhost`.
  return (
    !['http', 'https'].includes(scheme) || (URL.canParse(value) && new URL(value).origin === value)
  )
}

function requestMistakes(value: unknown): string[] {
  if (value === undefined) return []
  if (typeof value !== 'object' || value === null)
    return [`requests has to be an object, not ${show(value)}`]
  const { countAs, passive, writeGrace } = value as Record<string, unknown>
  const mistakes = misspelt({ ...value }, ['countAs', 'passive', 'writeGrace'], 'requests.')
  if (countAs !== undefined && countAs !== 'reports' && countAs !== 'activity')
    mistakes.push(`requests.countAs has to be 'reports' or 'activity', not ${quote(countAs)}`)
  if (
    writeGrace !== undefined &&
    !(Number.isSafeInteger(writeGrace) && (writeGrace as number) >= 0)
  )
    mistakes.push(`requests.writeGrace has to be whole milliseconds, not ${show(writeGrace)}`)
  const isRoute = (route: unknown) =>
    typeof route === 'string'
      ? route.startsWith('/')
      : route instanceof RegExp || typeof route === 'function'
  if (passive !== undefined && !(Array.isArray(passive) && passive.every(isRoute))) {
    const wrong = Array.isArray(passive) ? passive.find((route) => !isRoute(route)) : passive
    mistakes.push(
      `requests.passive has to be a list of paths ("/poll"), patterns or functions, not ${quote(wrong)}`,
    )
  }
  if (countAs !== 'activity' && (passive !== undefined || writeGrace !== undefined))
    mistakes.push("requests.passive and requests.writeGrace need countAs: 'activity'")
  return mistakes
}

function rateMistakes(value: unknown): string[] {
  if (value === undefined || value === false) return []
  const { burst, perSecond, ...rest } = (value ?? {}) as Record<string, unknown>
  const good = (number: unknown) =>
    typeof number === 'number' && number > 0 && Number.isFinite(number)
  if (good(burst) && good(perSecond) && Object.keys(rest).length === 0) return []
  const given =
    typeof value === 'object'
      ? `{ burst: ${show(burst)}, perSecond: ${show(perSecond)} }`
      : show(value)
  return [
    `rateLimit has to be { burst, perSecond } with numbers above 0, or false, not ${given}`,
    ...misspelt(rest, ['burst', 'perSecond'], 'rateLimit.'),
  ]
}
