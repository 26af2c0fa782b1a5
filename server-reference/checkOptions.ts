import type { Options } from './options.js'
import { policyMistakes, policyOptions } from './policy.js'
import type { SessionStore } from './store.js'

const known = [
  ...['store', 'secret', 'policy', 'resolve', 'origins', 'trustedOrigins', 'trustProxy'],
  ...['allowNonBrowser', 'verifyCsrf', 'signIn', 'requests', 'rateLimit', 'timeLimit'],
  ...['bodyTimeout', 'sweepEvery', 'clearCookie', 'onEnd', 'onEvent'],
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

  want('store', isStore(options.store), 'a store, such as memoryStore() or redisStore(client)')
  want('resolve', typeof given.resolve === 'function', "a function, such as cookieSession('sid')")
  if (typeof given.policy === 'object' && given.policy)
    mistakes.push(...misspelt(given.policy as Record<string, unknown>, policyOptions, 'policy.'))
  if (typeof given.policy !== 'function') mistakes.push(...policyMistakes(given.policy, show))
  mistakes.push(...secretMistakes(options))
  for (const name of ['origins', 'trustedOrigins'])
    mistakes.push(...originMistakes(name, given[name]))
  for (const name of ['trustProxy', 'allowNonBrowser']) optional(name, 'boolean')
  for (const name of ['verifyCsrf', 'onEnd', 'onEvent']) optional(name, 'function')
  const { clearCookie } = given
  want(
    'clearCookie',
    clearCookie === undefined || (typeof clearCookie === 'string' && /^[ -~]+$/.test(clearCookie)),
    'a Set-Cookie value in plain ASCII',
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

export function fail(who: string, mistakes: string[]): never {
  const list = mistakes.map((mistake) => `\n- ${mistake}`).join('')
  throw Object.assign(new TypeError(`${who} can't be set up like this:${list}`), {
    code: 'session-security/options',
  })
}

/**
 * A value as an error shows it: what kind it is, but of text and objects never the whole, because
 * errors end up in logs and a client or an address has a password in it.
 */
export function show(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'string') return `a string of ${value.length} characters`
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value !== 'object' || value === null) return String(value)
  const keys = Object.keys(value)
  const some = keys.slice(0, 8).join(', ') + (keys.length > 8 ? ', …' : '')
  const name = value.constructor?.name
  const kind = typeof name === 'string' && name !== 'Object' ? `an object (${name})` : 'an object'
  return keys.length === 0 ? `${kind} without keys` : `${kind} with the keys ${some}`
}

/** An address is worth seeing, but for one that may hold a password. */
const showAddress = (value: unknown): string =>
  typeof value === 'string' && value.length <= 100 && !/[@?]/.test(value)
    ? JSON.stringify(value)
    : show(value)

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

/** Clients of databases have some of these, too. */
const isStore = (store: unknown) =>
  ['create', 'rotate', 'look', 'touch', 'end'].every(
    (name) => typeof (store as Record<string, unknown> | null)?.[name] === 'function',
  ) && typeof (store as SessionStore).shared === 'boolean'

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
  if (!Array.isArray(value)) return [`${name} has to be a list of origins, not ${show(value)}`]
  return value
    .filter((origin) => !isOrigin(origin))
    .map(
      (origin) =>
        `${name} has to hold exact origins such as "https://app.example.com", not ${showAddress(origin)}`,
    )
}

function isOrigin(value: unknown): boolean {
  if (typeof value !== 'string') return false
  try {
    return new URL(value).origin === value && value !== 'null'
  } catch {
    return false
  }
}

function requestMistakes(value: unknown): string[] {
  if (value === undefined) return []
  if (typeof value !== 'object' || value === null)
    return [`requests has to be an object, not ${show(value)}`]
  const { countAs, passive, writeGrace } = value as Record<string, unknown>
  const mistakes = misspelt({ ...value }, ['countAs', 'passive', 'writeGrace'], 'requests.')
  if (countAs !== undefined && countAs !== 'reports' && countAs !== 'activity')
    mistakes.push(`requests.countAs has to be 'reports' or 'activity', not ${show(countAs)}`)
  if (
    writeGrace !== undefined &&
    !(Number.isSafeInteger(writeGrace) && (writeGrace as number) >= 0)
  )
    mistakes.push(`requests.writeGrace has to be whole milliseconds, not ${show(writeGrace)}`)
  const isRoute = (route: unknown) =>
    typeof route === 'string'
      ? route.startsWith('/')
      : route instanceof RegExp || typeof route === 'function'
  if (passive !== undefined && !(Array.isArray(passive) && passive.every(isRoute)))
    mistakes.push(
      `requests.passive has to be a list of paths, patterns or functions, not ${show(passive)}`,
    )
  if (countAs !== 'activity' && (passive !== undefined || writeGrace !== undefined))
    mistakes.push("requests.passive and requests.writeGrace need countAs: 'activity'")
  return mistakes
}

function rateMistakes(value: unknown): string[] {
  if (value === undefined || value === false) return []
  const { burst, perSecond, ...rest } = (value ?? {}) as Record<string, unknown>
  const good = (number: unknown) =>
    typeof number === 'number' && number > 0 && Number.isFinite(number)
  return good(burst) && good(perSecond) && Object.keys(rest).length === 0
    ? []
    : [
        `rateLimit has to be { burst, perSecond } with numbers above 0, or false, not ${show(value)}`,
      ]
}
