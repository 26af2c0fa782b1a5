import { decodeAnswer } from '../../protocol/decodeAnswer.js'
import { defaultPolicy, type Policy } from '../../protocol/policy.js'
import { callbackNames } from '../callbacks.js'
import type { Config } from './config.js'
import type { Mistakes } from './optionMistakes.js'
import type { SessionOptions } from './options.js'

/** WCAG 2.2, success criterion 2.2.1: people get at least 20 seconds to extend. */
const shortestWarning = 20_000

const defaultReportEvery = 60_000
const defaultPingTimeout = 5_000

const choices = {
  extendOn: ['activity', 'button'],
  whenUnreachable: ['local', 'close'],
} as const

const known: readonly (keyof SessionOptions)[] = [
  'endpoint',
  'transport',
  'policy',
  'subject',
  'signedIn',
  'extendOn',
  'whenUnreachable',
  'hideWhileChecking',
  'initialSession',
  'reportEvery',
  'pingTimeout',
  'allowShortWarning',
  'name',
  ...callbackNames,
]

/** Checks the options of a session and completes them with the defaults. */
export function readOptions(
  options: SessionOptions,
  jitter: number,
  mistakes: Mistakes,
): { config: Config; name: string } {
  mistakes.unknown(options, known)
  checkSource(options, mistakes)
  const policy = checkPolicy(options, mistakes)
  for (const [option, allowed] of Object.entries(choices)) {
    checkChoice(option, options[option as keyof typeof choices], allowed, mistakes)
  }
  for (const option of ['hideWhileChecking', 'allowShortWarning'] as const) {
    checkType(option, options[option], 'boolean', mistakes)
  }
  for (const option of callbackNames) {
    checkType(option, options[option], 'function', mistakes)
  }
  for (const option of ['reportEvery', 'pingTimeout'] as const) {
    const value = options[option]
    if (value !== undefined && !isTime(value)) mistakes.add(option, timeRule, value)
  }
  checkType('subject', options.subject, 'string', mistakes)
  const { initialSession } = options
  if (initialSession !== undefined && decodeAnswer(200, initialSession).state !== 'active') {
    mistakes.add(
      'initialSession',
      "must be the server's answer to GET (200), as it is",
      initialSession,
    )
  }
  return {
    name: options.name ?? options.endpoint ?? 'default',
    config: {
      policy,
      judge: options.endpoint === undefined && !options.transport ? 'browser' : 'server',
      extendOn: options.extendOn ?? 'activity',
      whenUnreachable: options.whenUnreachable ?? 'local',
      hideWhileChecking: options.hideWhileChecking ?? false,
      subject: options.subject ?? null,
      signedIn: options.signedIn ?? null,
      reportEvery: options.reportEvery ?? defaultReportEvery,
      pingTimeout: options.pingTimeout ?? defaultPingTimeout,
      jitter,
    },
  }
}

function checkSource(options: SessionOptions, mistakes: Mistakes): void {
  const { endpoint, transport, policy, name } = options
  if (endpoint !== undefined && (typeof endpoint !== 'string' || endpoint === '')) {
    mistakes.add('endpoint', 'must be an address', endpoint)
  }
  if (
    transport !== undefined &&
    typeof (transport as Partial<typeof transport>)?.ask !== 'function'
  ) {
    mistakes.add('transport', 'must have a method `ask`', transport)
  }
  if (name !== undefined && (typeof name !== 'string' || name === '')) {
    mistakes.add('name', 'must be a text that is not empty', name)
  }
  if (endpoint !== undefined && transport !== undefined) {
    mistakes.add(
      'transport',
      'can not be given together with `endpoint`: one source of truth',
      transport,
    )
  }
  if (endpoint !== undefined || transport !== undefined) {
    if (options.signedIn !== undefined) {
      const rule =
        'is only for sessions without `endpoint` and `transport`: the server names sign-ins'
      mistakes.add('signedIn', rule, options.signedIn)
    }
    return
  }
  if (policy === undefined) {
    mistakes.add(
      'endpoint',
      'is needed, or a `transport`, or a `policy` for this browser to judge by',
      endpoint,
    )
    return
  }
  if (name === undefined) {
    mistakes.add('name', 'is needed where nobody is asked, to keep the facts of apps apart', name)
  }
  checkSignedIn(options.signedIn, mistakes)
}

function checkSignedIn(given: unknown, mistakes: Mistakes): void {
  const signedIn: Record<string, unknown> = { ...(typeof given === 'object' && given) }
  const isComplete = ['id', 'subject'].every(
    (key) => typeof signedIn[key] === 'string' && signedIn[key] !== '',
  )
  if (!isComplete) {
    const rule =
      'must be { id, subject }, two texts: without a server only the app knows who signs in'
    mistakes.add('signedIn', rule, given)
  } else {
    mistakes.unknown(signedIn, ['id', 'subject'], 'signedIn.')
  }
}

const timeRule = 'must be a time in whole milliseconds, more than 0'
const limits = ['warnAfter', 'expireAfter', 'absoluteTimeout'] as const

function checkPolicy({ policy, allowShortWarning }: SessionOptions, mistakes: Mistakes): Policy {
  if (policy === undefined) return defaultPolicy
  if (typeof policy !== 'object' || policy === null) {
    mistakes.add('policy', 'must be an object', policy)
    return defaultPolicy
  }
  mistakes.unknown(policy, [...limits, 'warnBeforeAbsolute'], 'policy.')
  const given: Policy = { ...defaultPolicy, ...policy }
  let sound = true
  for (const limit of limits) {
    if (given[limit] === false || isTime(given[limit])) continue
    mistakes.add(`policy.${limit}`, `${timeRule}, or false`, given[limit])
    sound = false
  }
  if (!isTime(given.warnBeforeAbsolute)) {
    mistakes.add('policy.warnBeforeAbsolute', timeRule, given.warnBeforeAbsolute)
    sound = false
  }
  if (sound) checkRelations(given, allowShortWarning === true, mistakes)
  return given
}

function checkRelations(policy: Policy, allowShort: boolean, mistakes: Mistakes): void {
  const { warnAfter, expireAfter, absoluteTimeout, warnBeforeAbsolute } = policy
  if (expireAfter === false && absoluteTimeout === false) {
    mistakes.add(
      'policy',
      'must keep one limit: both `expireAfter` and `absoluteTimeout` are off',
      policy,
    )
  }
  if ((warnAfter === false) !== (expireAfter === false)) {
    mistakes.add('policy.warnAfter', 'must be off together with `expireAfter`', warnAfter)
  }
  if (absoluteTimeout !== false && warnBeforeAbsolute >= absoluteTimeout) {
    mistakes.add(
      'policy.warnBeforeAbsolute',
      'must be less than `absoluteTimeout`',
      warnBeforeAbsolute,
    )
  }
  if (warnAfter !== false && expireAfter !== false) {
    const window = expireAfter - warnAfter
    if (window <= 0) {
      mistakes.add(
        'policy.warnAfter',
        `must be less than \`expireAfter\` (${expireAfter})`,
        warnAfter,
      )
    } else if (window < shortestWarning && !allowShort) {
      mistakes.add('policy.warnAfter', tooShort(`\`expireAfter\` (${expireAfter})`), warnAfter)
    }
  }
  if (absoluteTimeout !== false && warnBeforeAbsolute < shortestWarning && !allowShort) {
    mistakes.add('policy.warnBeforeAbsolute', tooShort('the end'), warnBeforeAbsolute)
  }
}

function tooShort(end: string): string {
  return `must leave 20 seconds or more before ${end} (WCAG 2.2.1), or set \`allowShortWarning\``
}

function checkChoice(
  option: string,
  value: unknown,
  allowed: readonly string[],
  mistakes: Mistakes,
) {
  if (value === undefined || allowed.includes(value as string)) return
  mistakes.add(option, `must be one of ${allowed.map((each) => `'${each}'`).join(', ')}`, value)
}

function checkType(option: string, value: unknown, type: string, mistakes: Mistakes): void {
  if (value !== undefined && typeof value !== type) mistakes.add(option, `must be a ${type}`, value)
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}
