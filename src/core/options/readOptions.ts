import type { Mistakes } from '../../options/optionMistakes.js'
import {
  aBoolean,
  aDuration,
  aFunction,
  anAddress,
  anything,
  aString,
  aText,
  checkRules,
  oneOf,
  type Rules,
} from '../../options/rules.js'
import { decodeAnswer } from '../../protocol/decodeAnswer.js'
import type { Transport } from '../../protocol/transport.js'
import { checkPolicy } from './checkPolicy.js'
import type { Config } from './config.js'
import type { SessionOptions } from './options.js'

const defaultReportEvery = 60_000
const defaultPingTimeout = 5_000

const rules: Rules<SessionOptions> = {
  endpoint: anAddress,
  transport: {
    must: 'must have a method `ask`',
    accepts: (value) => typeof (value as Partial<Transport> | null)?.ask === 'function',
  },
  policy: anything,
  subject: aString,
  signedIn: anything,
  extendOn: oneOf('activity', 'button'),
  whenUnreachable: oneOf('local', 'close'),
  hideWhileChecking: aBoolean,
  initialSession: {
    must: "must be the server's answer to GET (200), unchanged",
    accepts: (value) => decodeAnswer(200, value).state === 'active',
  },
  reportEvery: aDuration,
  pingTimeout: aDuration,
  allowShortWarning: aBoolean,
  name: aText,
  onWarning: aFunction,
  onExtended: aFunction,
  onExpired: aFunction,
  onBeforeExpire: aFunction,
  endElsewhere: aFunction,
}

/** Checks the options of a session and completes them with the defaults. */
export function readOptions(
  options: SessionOptions,
  jitter: number,
  mistakes: Mistakes,
): { config: Config; name: string } {
  mistakes.unknown(options, Object.keys(rules))
  checkRules(options, rules, mistakes)
  checkSource(options, mistakes)
  const policy = checkPolicy(options, mistakes)
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
  if (endpoint !== undefined && transport !== undefined) {
    mistakes.add('transport', 'can not be given together with `endpoint`', transport)
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
      'is required, or `transport`, or `policy` to let the browser decide alone',
      endpoint,
    )
    return
  }
  if (name === undefined) {
    const rule =
      'is required without `endpoint` or `transport`: it separates apps on the same origin'
    mistakes.add('name', rule, name)
  }
  checkSignedIn(options.signedIn, mistakes)
}

function checkSignedIn(given: unknown, mistakes: Mistakes): void {
  const signedIn: Record<string, unknown> = { ...(typeof given === 'object' && given) }
  const isComplete = ['id', 'subject'].every(
    (key) => typeof signedIn[key] === 'string' && signedIn[key] !== '',
  )
  if (!isComplete) {
    const rule = 'must be { id, subject }, two non-empty strings, if there is no server'
    mistakes.add('signedIn', rule, given)
  } else {
    mistakes.unknown(signedIn, ['id', 'subject'], 'signedIn.')
  }
}
