import { describe, expect, test } from 'vitest'
import type { SessionOptions } from '../../../src/core/options/options.js'
import { readOptions } from '../../../src/core/options/readOptions.js'
import { collectMistakes } from '../../../src/options/optionMistakes.js'
import { defaultPolicy } from '../../../src/protocol/policy.js'

function read(options: object) {
  const mistakes = collectMistakes()
  const given = readOptions(options as SessionOptions, 0.5, mistakes)
  const found = () => {
    try {
      mistakes.check()
      return []
    } catch (error) {
      return (error as Error).message.split('\n').slice(1, -1)
    }
  }
  return { ...given, mistakes: found() }
}

const endpoint = '/session-security'
const transport = { ask: async () => ({ state: 'unknown' }) as const }

describe('session options', () => {
  test('get their defaults', () => {
    expect(read({ endpoint })).toMatchObject({
      name: endpoint,
      mistakes: [],
      config: {
        policy: defaultPolicy,
        judge: 'server',
        extendOn: 'activity',
        whenUnreachable: 'local',
        hideWhileChecking: false,
        reportEvery: 60_000,
        pingTimeout: 5_000,
        jitter: 0.5,
      },
    })
    expect(read({ transport })).toMatchObject({ name: 'default', config: { judge: 'server' } })
  })

  test('are kept as given', () => {
    const given = {
      extendOn: 'button',
      whenUnreachable: 'close',
      hideWhileChecking: true,
      subject: 'ada',
      reportEvery: 1,
      pingTimeout: 2,
    }
    expect(read({ endpoint, name: 'mine', ...given })).toMatchObject({
      name: 'mine',
      config: given,
      mistakes: [],
    })
  })

  test.each([
    [{ endpoint: '' }, 'endpoint: must be an address; received ""'],
    [{ endpoint: 5 }, 'endpoint: must be an address; received 5'],
    [{ transport: {} }, 'transport: must have a method `ask`; received an object'],
    [{ transport: null }, 'transport: must have a method `ask`; received null'],
    [{ endpoint, transport }, 'transport: can not be given together with `endpoint`'],
    [{ endpoint, name: '' }, 'name: must be a non-empty string; received ""'],
    [{ endpoint, name: 5 }, 'name: must be a non-empty string; received 5'],
    [{ name: 'app' }, 'endpoint: is required, or `transport`, or `policy`'],
    [{ endpoint, extendOn: 'mouse' }, "extendOn: must be one of 'activity', 'button'"],
    [{ endpoint, whenUnreachable: 'wait' }, "whenUnreachable: must be one of 'local', 'close'"],
    [{ endpoint, hideWhileChecking: 1 }, 'hideWhileChecking: must be a boolean; received 1'],
    [{ endpoint, allowShortWarning: 1 }, 'allowShortWarning: must be a boolean; received 1'],
    [{ endpoint, onExpired: 5 }, 'onExpired: must be a function; received 5'],
    [{ endpoint, subject: 5 }, 'subject: must be a string; received 5'],
    [{ endpoint, reportEvery: 0 }, 'reportEvery: must be a time in whole milliseconds'],
    [{ endpoint, reportEvery: '5' }, 'reportEvery: must be a time in whole milliseconds'],
    [{ endpoint, pingTimeout: 1.5 }, 'pingTimeout: must be a time in whole milliseconds'],
    [{ endpoint, initialSession: { v: 1 } }, "initialSession: must be the server's answer"],
    [{ endpoint, policy: 5 }, 'policy: must be an object; received 5'],
    [{ endpoint, policy: null }, 'policy: must be an object; received null'],
    [{ endpoint, policy: { warnafter: 5 } }, 'policy.warnafter: is not an option'],
    [{ endpoint, policy: { warnAfter: 0 } }, 'policy.warnAfter: must be a time in whole'],
    [{ endpoint, policy: { expireAfter: '5' } }, 'policy.expireAfter: must be a time in whole'],
    [{ endpoint, policy: { absoluteTimeout: -1 } }, 'policy.absoluteTimeout: must be a time'],
    [{ endpoint, policy: { warnBeforeAbsolute: false } }, 'policy.warnBeforeAbsolute: must be'],
    [
      { endpoint, policy: { warnAfter: false, expireAfter: false } },
      'policy: must keep one limit: both `expireAfter` and `absoluteTimeout` are off',
    ],
    [
      { endpoint, policy: { warnAfter: false } },
      'policy.warnAfter: must be off together with `expireAfter`; received false',
    ],
    [
      { endpoint, policy: { expireAfter: false, absoluteTimeout: 3_600_000 } },
      'policy.warnAfter: must be off together with `expireAfter`; received 480000',
    ],
    [
      { endpoint, policy: { absoluteTimeout: 300_000 } },
      'policy.warnBeforeAbsolute: must be less than `absoluteTimeout`; received 300000',
    ],
    [
      { endpoint, policy: { warnAfter: 600_000 } },
      'policy.warnAfter: must be less than `expireAfter` (600000); received 600000',
    ],
    [
      { endpoint, policy: { warnAfter: 580_001 } },
      'policy.warnAfter: must leave 20 seconds or more before `expireAfter` (600000)',
    ],
    [
      { endpoint, policy: { absoluteTimeout: 3_600_000, warnBeforeAbsolute: 19_999 } },
      'policy.warnBeforeAbsolute: must leave 20 seconds or more before the end',
    ],
  ])('%j are refused with exactly one mistake', (options, start) => {
    const { mistakes } = read(options)
    expect(mistakes).toHaveLength(1)
    expect(mistakes[0]?.slice(4, 4 + start.length)).toBe(start)
  })

  test('must include a name if there is no server', () => {
    expect(read({ policy: {} }).mistakes.join()).toContain('name: ')
    expect(read({ policy: {}, name: 'app' }).mistakes.join()).not.toContain('name: ')
    expect(read({ policy: {}, name: 'app' }).config.judge).toBe('browser')
  })

  test.each([
    [{ warnAfter: 580_000 }],
    [{ absoluteTimeout: 3_600_000, warnBeforeAbsolute: 20_000 }],
    [{ absoluteTimeout: 300_001 }],
    [{ warnAfter: false, expireAfter: false, absoluteTimeout: 3_600_000 }],
    [{ warnBeforeAbsolute: 5 }],
  ] as const)('allow the policy %j', (policy) => {
    expect(read({ endpoint, policy }).mistakes).toEqual([])
  })

  test('allow a short warning with allowShortWarning', () => {
    const policy = { warnAfter: 599_999, absoluteTimeout: 3_600_000, warnBeforeAbsolute: 1 }
    expect(read({ endpoint, policy, allowShortWarning: true }).mistakes).toEqual([])
    expect(read({ endpoint, policy, allowShortWarning: false }).mistakes).toHaveLength(2)
  })

  test('compare limits only if all of them are valid', () => {
    const policy = { warnAfter: 700_000, expireAfter: -1, warnBeforeAbsolute: 1 }
    expect(read({ endpoint, policy }).mistakes).toHaveLength(1)
  })
})
