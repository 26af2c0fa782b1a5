import { render } from '@testing-library/react'
import type { ComponentType } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { createSession, SessionSecurityProvider } from '../../../src/index.js'
import { expectErrors } from '../../support/jsdom/expectErrors.js'

/** What JavaScript, or a configuration file, may hand over. */
const Provider = SessionSecurityProvider as ComponentType<Record<string, unknown>>

beforeEach(expectErrors)

test('one error names every mistake, of the session and of the provider, with what was received', () => {
  expect(
    mistakesIn({
      endpont: '/session-security',
      policy: { warnAfter: -1, expireAfter: 1.5, expireAftr: 600_000 },
      extendOn: 'clicks',
      enabled: 'yes',
      expiredAction: 'logout',
      signIn: 'javascript:alert(1)',
      lockFor: 0,
      confirmFormDiscard: 1,
      onDiscard: 'purge',
    }),
  ).toEqual([
    'enabled: must be a boolean; received "yes"',
    'signIn: must be the address of a page, or a function; received "javascript:alert(1)"',
    'lockFor: must be a time in whole milliseconds, more than 0; received 0',
    'confirmFormDiscard: must be a boolean; received 1',
    'onDiscard: must be a function; received "purge"',
    `expiredAction: must be 'screen', 'lock', 'reload' or { redirectTo }; received "logout"`,
    'endpont: is not an option (did you mean "endpoint"?); received a string of 17 characters',
    `extendOn: must be one of 'activity', 'button'; received "clicks"`,
    'name: is required without `endpoint` or `transport`: it separates apps on the same origin; received undefined',
    'signedIn: must be { id, subject }, two non-empty strings, if there is no server; received undefined',
    'policy.expireAftr: is not an option (did you mean "policy.expireAfter"?); received 600000',
    'policy.warnAfter: must be a time in whole milliseconds, more than 0, or false; received -1',
    'policy.expireAfter: must be a time in whole milliseconds, more than 0, or false; received 1.5',
  ])
})

test.each([
  [
    'a warning after the expiry',
    { endpoint: '/s', policy: { warnAfter: 700_000, expireAfter: 600_000 } },
    ['policy.warnAfter: must be less than `expireAfter` (600000); received 700000'],
  ],
  [
    'a missing time',
    { endpoint: '/s', policy: { warnAfter: undefined, expireAfter: 600_000 } },
    [
      'policy.warnAfter: must be a time in whole milliseconds, more than 0, or false; received undefined',
    ],
  ],
  [
    'no time for people to answer',
    { endpoint: '/s', policy: { warnAfter: 590_000 } },
    [
      'policy.warnAfter: must leave 20 seconds or more before `expireAfter` (600000) (WCAG 2.2.1), or set `allowShortWarning`; received 590000',
    ],
  ],
  [
    'two sources of truth',
    { endpoint: '/s', transport: { ask: async () => ({ state: 'unknown' }) } },
    ['transport: can not be given together with `endpoint`; received an object with ask'],
  ],
  [
    'a session, and options that belong to it',
    { session: createSession({ endpoint: '/s' }), endpoint: '/s', extendOn: 'button', lockFor: -1 },
    [
      'lockFor: must be a time in whole milliseconds, more than 0; received -1',
      'endpoint: must not be given together with `session`: give it to createSession; received "/s"',
      'extendOn: must not be given together with `session`: give it to createSession; received "button"',
    ],
  ],
  [
    'a session that is none',
    { session: 'ada' },
    ['session: must be what createSession gives; received "ada"'],
  ],
  [
    'no source of truth at all',
    {},
    [
      'endpoint: is required, or `transport`, or `policy` to let the browser decide alone; received undefined',
    ],
  ],
  [
    'an unknown prop',
    { endpoint: '/s', colour: 'red' },
    ['colour: is not an option; received a string of 3 characters'],
  ],
  [
    'a misspelt prop of the provider',
    { endpoint: '/s', expireAction: 'lock' },
    [
      'expireAction: is not an option (did you mean "expiredAction"?); received a string of 4 characters',
    ],
  ],
  [
    'mistakes in a redirect',
    { endpoint: '/s', expiredAction: { redirectTo: 'javascript:alert(1)', returnTo: 'next' } },
    [
      'expiredAction.returnTo: is not an option; received a string of 4 characters',
      'expiredAction.redirectTo: must be the address of a page; received "javascript:alert(1)"',
    ],
  ],
])('refuses %s', (_, props, mistakes) => {
  expect(mistakesIn(props)).toEqual(mistakes)
})

test('names mistakes in the options of the built-in looks with all others', () => {
  const props = { endpoint: '/s', cadence: 'often', messages: 'de', locale: '', dir: 'up' }
  expect(mistakesIn({ ...props, renderWarning: true, renderExpired: <p />, dirr: 'rtl' })).toEqual([
    'renderWarning: must be a function; received true',
    expect.stringContaining('renderExpired: must be a function; received an object with'),
    `cadence: must be 'hmrc', 'every15s', 'every30s' or a function; received "often"`,
    'messages: must be an object; received "de"',
    'locale: must be a non-empty string; received ""',
    `dir: must be one of 'ltr', 'rtl'; received "up"`,
    'dirr: is not an option (did you mean "dir"?); received a string of 3 characters',
  ])
  expect(mistakesIn({ endpoint: '/s', cadence: 'toString' })).toHaveLength(1)
})

test('refuses a mistake that comes with a later render', () => {
  const { rerender } = render(<Provider endpoint="/s" enabled={false} />)
  expect(() => rerender(<Provider endpoint="/s" enabled={false} lockFor={-1} />)).toThrow(
    'lockFor: must be a time in whole milliseconds, more than 0; received -1',
  )
})

test("refuses 'lock' if nothing can tell who signs in", () => {
  const props = { policy: {}, name: 'app', expiredAction: 'lock' }
  expect(mistakesIn(props)).toContain(
    'expiredAction: \'lock\' needs an `endpoint` or a `transport`, to hear who is signed in; received "lock"',
  )
})

function mistakesIn(props: Record<string, unknown>): string[] {
  try {
    render(<Provider {...props} />)
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError)
    expect(error).toHaveProperty('code', 'invalid-options')
    const [head, ...lines] = (error as TypeError).message.trim().split('\n')
    const mistakes = lines.filter((line) => line.startsWith('  - ')).map((line) => line.slice(4))
    const count = mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`
    expect(head).toBe(
      `react-session-security: ${count} in the options of <SessionSecurityProvider>.`,
    )
    return mistakes
  }
  throw new Error('No mistake was found.')
}

test('an error shows types and keys, never what is in them', () => {
  const secret = 'postgres://app:hunter2@db'
  const given = {
    endpoint: { url: secret },
    transport: { token: secret },
    signedIn: { id: secret },
    name: [secret],
    apiKey: secret,
    initialSession: { session: secret },
    subject: { name: secret },
  }
  expect(() => createSession(given as never)).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
  )
})
