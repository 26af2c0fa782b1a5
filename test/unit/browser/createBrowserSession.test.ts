import { afterEach, describe, expect, test, vi } from 'vitest'
import { createSession } from '../../../src/index.js'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

const policy = { warnAfter: 480_000, expireAfter: 600_000 }

describe('the options of a session in a browser', () => {
  test.each<[object, ...string[]]>([
    [{ coverLabel: '' }, 'coverLabel: must be a non-empty string; received ""'],
    [{ activity: 5 }, 'activity: must be an object; received 5'],
    [
      { activity: { event: ['click'] } },
      'activity.event: is not an option (did you mean "activity.events"?); received a list of 1',
    ],
    [
      { activity: { events: 'click', sources: [5] } },
      'activity.events: must be a list of names of events; received "click"',
      'activity.sources: must be a list of functions; received a list of 1',
    ],
    [
      { activity: { events: [5] } },
      'activity.events: must be a list of names of events; received a list of 1',
    ],
  ])('refuse %o', (options, ...mistakes) => {
    let message = ''
    try {
      createSession({ endpoint: '/session-security', ...options } as never)
    } catch (error) {
      message = String(error)
    }
    for (const mistake of mistakes) expect(message).toContain(`  - ${mistake}\n`)
    expect(message).toContain(mistakes.length === 1 ? '1 mistake ' : `${mistakes.length} mistakes`)
  })

  test('accept events and sources', () => {
    const activity = { events: ['click'], sources: [() => () => {}] }
    expect(() => createSession({ endpoint: '/s', activity, coverLabel: 'Wait' })).not.toThrow()
  })
})

describe('advice in development', () => {
  const warned = () => vi.spyOn(console, 'warn').mockImplementation(() => {})

  test('tells that a session without a server protects nothing there', () => {
    vi.stubEnv('NODE_ENV', 'development')
    const warn = warned()
    createSession({ policy, name: 'app', signedIn: { id: 'a', subject: 'ada' } })
    expect(warn).toHaveBeenCalledTimes(1)
    expect(warn.mock.calls[0]?.[0]).toMatch(/^react-session-security: .*only this browser/)
  })

  test('tells of less than a minute between warning and end', () => {
    vi.stubEnv('NODE_ENV', 'development')
    const warn = warned()
    createSession({ endpoint: '/s', policy: { warnAfter: 540_001, expireAfter: 600_000 } })
    expect(warn.mock.calls[0]?.[0]).toContain('59999 ms')
    createSession({ endpoint: '/s', policy: { warnAfter: 540_000, expireAfter: 600_000 } })
    createSession({
      endpoint: '/s',
      policy: { warnAfter: false, expireAfter: false, absoluteTimeout: 3_600_000 },
    })
    expect(warn).toHaveBeenCalledTimes(1)
  })

  test('stays away in production', () => {
    vi.stubEnv('NODE_ENV', 'production')
    const warn = warned()
    createSession({ policy, name: 'app', signedIn: { id: 'a', subject: 'ada' } })
    expect(warn).not.toHaveBeenCalled()
  })

  test('stays away where there is no `process`', () => {
    const warn = warned()
    vi.stubGlobal('process', undefined)
    try {
      createSession({ policy, name: 'app', signedIn: { id: 'a', subject: 'ada' } })
    } finally {
      vi.unstubAllGlobals()
    }
    expect(warn).not.toHaveBeenCalled()
  })
})
