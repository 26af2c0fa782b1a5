import { describe, expect, test } from 'vitest'
import {
  cookieSession,
  createSessionSecurity,
  memoryStore,
  type Options,
} from '../../../server-reference/index.js'
import { mistakesOf } from '../../support/servers/mistakesOf.js'
import { freshId, policy, world } from '../../support/servers/world.js'

describe('options', () => {
  const attempt = (options: object) => () =>
    createSessionSecurity({
      store: memoryStore(),
      policy,
      resolve: cookieSession('sid'),
      sweepEvery: false,
      ...options,
    } as Options)

  test('one error names every mistake and what was received', () => {
    const given = { polcy: {}, secret: 'short' }
    expect(mistakesOf(() => createSessionSecurity(given as never))).toEqual([
      'polcy: is not an option (did you mean "policy"?); received an object',
      'store: must be a store, such as memoryStore(); received undefined',
      "resolve: must be a function, such as cookieSession('sid'); received undefined",
      'policy: must be an object or a function; received undefined',
      'secret: must be a string or bytes, at least 32 bytes long; received a string of 5 characters',
    ])
    expect(() => createSessionSecurity(given as never)).toThrow(
      'react-session-security: 5 mistakes in the options of createSessionSecurity.',
    )
    expect(mistakesOf(() => createSessionSecurity(5 as never))).toEqual([
      'options: must be an object; received 5',
    ])
    expect(mistakesOf(attempt({}))).toEqual([])
  })

  const time = 'must be a time in whole milliseconds, more than 0'

  test.each<[object, ...string[]]>([
    [
      { policy: { ...policy, absoluteTimeout: undefined } },
      'policy.absoluteTimeout: must be set; null says that there is none; received undefined',
    ],
    [
      { policy: { ...policy, expireAfter: -5 } },
      `policy.expireAfter: ${time}, or null for none; received -5`,
    ],
    [
      { policy: { ...policy, expireAfter: 1.5 } },
      `policy.expireAfter: ${time}, or null for none; received 1.5`,
    ],
    [
      { policy: { ...policy, expireAfter: '15m' } },
      `policy.expireAfter: ${time}, or null for none; received "15m"`,
    ],
    [
      { policy: { ...policy, warnAfter: 900_001 } },
      'policy.warnAfter: must be less than `expireAfter` (900000); received 900001',
    ],
    [
      { policy: { expireAfter: 1_000, absoluteTimeout: null } },
      'policy.expireAfter: needs a `warnAfter`; received 1000',
    ],
    [
      { policy: { warnAfter: 1_000, absoluteTimeout: 5_000 } },
      'policy.warnAfter: needs an `expireAfter`; received 1000',
    ],
    [
      { policy: { absoluteTimeout: null } },
      'policy: must set `expireAfter` or `absoluteTimeout`, or sessions never end; received an object with absoluteTimeout',
    ],
    [
      { policy: { absoluteTimeout: 100, warnBeforeAbsolute: 100 } },
      'policy.warnBeforeAbsolute: must be less than `absoluteTimeout` (100); received 100',
    ],
    [
      { policy: { ...policy, absoluteTimeout: null, warnBeforeAbsolute: 5 } },
      'policy.warnBeforeAbsolute: needs an `absoluteTimeout`; received 5',
    ],
    [
      { policy: { ...policy, expiresAfter: 5 } },
      'policy.expiresAfter: is not an option (did you mean "policy.expireAfter"?); received 5',
    ],
    [{ policy: 'pci' }, 'policy: must be an object or a function; received "pci"'],
    [{ secret: [] }, 'secret: must not be an empty list; received a list of 0'],
    [
      { secret: ['x'.repeat(32), 5, 'y'.repeat(31)] },
      'secret: must be a string or bytes, at least 32 bytes long; received 5',
      'secret: must be a string or bytes, at least 32 bytes long; received a string of 31 characters',
    ],
    [
      { store: { ...memoryStore(), shared: true } },
      'secret: is required for a store that several processes share, so that their handles agree; received undefined',
    ],
    [
      { origins: ['https://app.example/'] },
      'origins: must hold exact origins such as "https://app.example.com"; received "https://app.example/"',
    ],
    [{ trustedOrigins: '*' }, 'trustedOrigins: must be a list of origins; received "*"'],
    [{ requests: 5 }, 'requests: must be an object; received 5'],
    [
      { requests: { countAs: 'visits' } },
      `requests.countAs: must be one of 'reports', 'activity'; received "visits"`,
    ],
    [
      { requests: { passive: ['/poll'] } },
      "requests.countAs: must be 'activity' for `passive` and `writeGrace`; received undefined",
    ],
    [
      { requests: { writeGrace: 5 } },
      "requests.countAs: must be 'activity' for `passive` and `writeGrace`; received undefined",
    ],
    [
      { requests: { countAs: 'activity', pasive: [] } },
      'requests.pasive: is not an option (did you mean "requests.passive"?); received a list of 0',
    ],
    [
      { requests: { countAs: 'activity', passive: ['/a', /b/, () => true, 'poll'] } },
      'requests.passive: must be a list of paths ("/poll"), patterns or functions; received "poll"',
    ],
    [
      { requests: { countAs: 'activity', passive: '/poll', writeGrace: -1 } },
      'requests.writeGrace: must be a whole number of at least 0; received -1',
      'requests.passive: must be a list of paths ("/poll"), patterns or functions; received "/poll"',
    ],
    [
      { rateLimit: { burst: 0, perSecond: 2 } },
      'rateLimit.burst: must be a number above 0; received 0',
    ],
    [
      { rateLimit: { burst: Infinity, perSecond: '2' } },
      'rateLimit.burst: must be a number above 0; received Infinity',
      'rateLimit.perSecond: must be a number above 0; received "2"',
    ],
    [
      { rateLimit: { burst: 1, per: 1 } },
      'rateLimit.per: is not an option; received 1',
      'rateLimit.perSecond: must be a number above 0; received undefined',
    ],
    [{ rateLimit: null }, 'rateLimit: must be { burst, perSecond }, or false; received null'],
    [{ timeLimit: 0 }, `timeLimit: ${time}; received 0`],
    [{ bodyTimeout: 1.5 }, `bodyTimeout: ${time}; received 1.5`],
    [{ sweepEvery: 0 }, `sweepEvery: ${time}, or false; received 0`],
    [{ trustProxy: 'yes' }, 'trustProxy: must be a boolean; received "yes"'],
    [
      { resolve: 'sid' },
      `resolve: must be a function, such as cookieSession('sid'); received "sid"`,
    ],
    [{ onEnd: true }, 'onEnd: must be a function; received true'],
    [{ onEvent: true }, 'onEvent: must be a function; received true'],
    [{ verifyCsrf: 'token' }, 'verifyCsrf: must be a function; received a string of 5 characters'],
    [{ signIn: 5 }, 'signIn: must be an address or a function; received 5'],
    [
      { clearCookie: 'sid=\r\nX: y' },
      'clearCookie: must be a Set-Cookie value in plain ASCII, or a list of them; received a string of 10 characters',
    ],
    [
      { clearCookie: ['a=b', 5] },
      'clearCookie: must be a Set-Cookie value in plain ASCII, or a list of them; received a list of 2',
    ],
  ])('refuses %o', (options, ...mistakes) => {
    expect(mistakesOf(attempt(options))).toEqual(mistakes)
  })

  test.each([
    { signIn: '/sign-in' },
    { signIn: () => '/sign-in' },
    { clearCookie: ['a=b', 'c=d'] },
    { rateLimit: false },
    { rateLimit: { burst: 0.5, perSecond: 0.1 } },
    { requests: { countAs: 'activity', passive: ['/a', /b/, () => true], writeGrace: 0 } },
    { secret: new Uint8Array(32) },
    { secret: ['x'.repeat(32), 'é'.repeat(16)] },
    { policy: { ...policy, warnBeforeAbsolute: 20_000 } },
  ])('takes %o', (options) => {
    expect(mistakesOf(attempt(options))).toEqual([])
  })

  test.each<[string, Partial<Options>, RegExp]>([
    [
      'idle',
      { policy: { warnAfter: 780, expireAfter: 900, absoluteTimeout: null } },
      /warnAfter: must leave 20 seconds or more before `expireAfter` \(900\).*not 120 ms.*780/,
    ],
    [
      'idle, by a millisecond',
      { policy: { warnAfter: 10_001, expireAfter: 30_000, absoluteTimeout: null } },
      /not 19999 ms/,
    ],
    ['absolute', { policy: { absoluteTimeout: 28_800 } }, /absoluteTimeout: .*not 14400 ms/],
    [
      'absolute, said so',
      { policy: { absoluteTimeout: 60_000, warnBeforeAbsolute: 19_999 } },
      /warnBeforeAbsolute: .*not 19999 ms/,
    ],
  ])(
    'needs 20 s between a warning and the end unless allowShortWarning is set: %s',
    (_, short, message) => {
      expect(attempt(short)).toThrow(message)
      expect(attempt(short)).toThrow(/milliseconds.*allowShortWarning/)
      expect(attempt({ ...short, allowShortWarning: true })).not.toThrow()
    },
  )

  test('checks a policy that a function returns in the same way', async () => {
    const short = { warnAfter: 780, expireAfter: 900, absoluteTimeout: null }
    const { security } = world({ policy: () => short })
    await expect(security.start({ id: freshId(), subject: 'ada' })).rejects.toThrow(/milliseconds/)
    const allowed = world({ policy: () => short, allowShortWarning: true })
    await allowed.security.start({ id: freshId(), subject: 'ada' })
  })

  test('accepts the origins of web views and extensions', () => {
    const apps = ['capacitor://localhost', 'ionic://localhost', 'tauri://localhost']
    const extension = 'chrome-extension://abcdefghijklmnop'
    expect(attempt({ trustedOrigins: [...apps, extension, 'https://a.example'] })).not.toThrow()
    for (const wrong of [
      ...['capacitor://localhost/', 'capacitor:localhost', 'null', '*', 'https://a.example/x'],
      ...['https://A.example', 'https://a.example:443', 'http://a b', 'app', 'x://a@b'],
    ])
      expect(attempt({ trustedOrigins: [wrong] }), wrong).toThrow(/exact origins/)
  })

  test('names what was mistaken for a store', () => {
    const nothing = () => {}
    const redis = { get: nothing, set: nothing, eval: nothing, touch: nothing }
    const clients: [unknown, RegExp][] = [
      [{ ...redis, defineCommand: nothing, duplicate: nothing }, /ioredis client.*redisStore/],
      [{ ...redis, sendCommand: nothing }, /node-redis client.*redisStore/],
      [redis, /speaks HTTP.*ioredis or a node-redis/],
      [{ query: nothing, connect: nothing }, /pg pool.*postgresStore/],
      [{ get: nothing, set: nothing, destroy: nothing, touch: nothing }, /express-session/],
      [memoryStore, /call it/],
      [{ touch: nothing }, /lacks create\(\), rotate\(\), look\(\), end\(\), shared/],
      [{ ...memoryStore(), end: 5 }, /lacks end\(\)/],
      [{ ...memoryStore(), sweep: 5 }, /lacks sweep\(\)/],
      [{ ...memoryStore(), shared: 'no' }, /lacks shared/],
      [null, /store: must be a store.*null/],
      ['redis://:hunter2@db', /store: must be a store/],
    ]
    for (const [store, message] of clients) expect(attempt({ store })).toThrow(message)
  })

  test('never shows a value that may hold a secret', () => {
    const password = 'hunter2'
    const held = {
      connectionString: `postgres://app:${password}@db/app`,
      password,
      list: [password],
    }
    class Pool {
      options = held
    }
    const names = [
      'store',
      'policy',
      'resolve',
      'secret',
      'origins',
      'trustedOrigins',
      'trustProxy',
    ]
    names.push('allowNonBrowser', 'verifyCsrf', 'signIn', 'requests', 'rateLimit', 'timeLimit')
    names.push('bodyTimeout', 'sweepEvery', 'clearCookie', 'onEnd', 'onEvent', 'misspelt')
    const values = [held, new Pool(), [held], held.connectionString, [held.connectionString]]
    for (const name of names)
      for (const value of values) {
        let message = ''
        try {
          createSessionSecurity({
            ...{ store: memoryStore(), policy, resolve: () => null, sweepEvery: false },
            [name]: value,
          } as Options).close()
        } catch (error) {
          message = String(error)
        }
        expect(message).not.toContain(password)
      }
    expect(attempt({ store: new Pool() })).toThrow(/an object \(Pool\) with options/)
  })

  test('never shows the secret', () => {
    const secret = 'a short secret'
    expect(attempt({ secret })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(secret) }),
    )
  })
})
