import { describe, expect, it } from 'vitest'
import {
  cookieSession,
  createSessionSecurity,
  memoryStore,
  type Options,
} from '../../../server-reference/index.js'
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

  it('names every mistake and the value received, in one error', () => {
    expect(() => createSessionSecurity({ polcy: {}, secret: 'short' } as never)).toThrow(
      /polcy .*did you mean policy[\s\S]*store[\s\S]*undefined[\s\S]*resolve[\s\S]*policy[\s\S]*32 bytes/,
    )
    expect(attempt({})).not.toThrow()
  })

  it.each<[object, RegExp]>([
    [{ policy: { ...policy, absoluteTimeout: undefined } }, /absoluteTimeout has to be set/],
    [{ policy: { ...policy, expireAfter: -5 } }, /expireAfter .*-5/],
    [{ policy: { ...policy, expireAfter: 1.5 } }, /expireAfter .*1\.5/],
    [{ policy: { ...policy, expireAfter: '15m' } }, /expireAfter .*"15m"/],
    [
      { policy: { ...policy, warnAfter: 900_001 } },
      /warnAfter \(900001\) has to be below policy.expireAfter \(900000\)/,
    ],
    [{ policy: { expireAfter: 1_000, absoluteTimeout: null } }, /needs a warnAfter/],
    [
      { policy: { warnAfter: 1_000, absoluteTimeout: 5_000 } },
      /warnAfter \(1000\) needs an expireAfter/,
    ],
    [{ policy: { absoluteTimeout: null } }, /never ends/],
    [
      { policy: { absoluteTimeout: 100, warnBeforeAbsolute: 100 } },
      /warnBeforeAbsolute \(100\) has to be below/,
    ],
    [
      { policy: { ...policy, absoluteTimeout: null, warnBeforeAbsolute: 5 } },
      /needs an absoluteTimeout/,
    ],
    [
      { policy: { ...policy, expiresAfter: 5 } },
      /policy\.expiresAfter .*did you mean policy\.expireAfter/,
    ],
    [{ policy: 'pci' }, /policy .*"pci"/],
    [{ secret: [] }, /empty list/],
    [{ secret: ['x'.repeat(32), 5] }, /secret .*number/],
    [{ store: { ...memoryStore(), shared: true } }, /secret is required/],
    [{ origins: ['https://app.example/'] }, /origins .*"https:\/\/app.example\/"/],
    [{ trustedOrigins: '*' }, /trustedOrigins .*"\*"/],
    [{ requests: { countAs: 'visits' } }, /countAs .*"visits"/],
    [{ requests: { passive: ['/poll'] } }, /need countAs: 'activity'/],
    [
      { requests: { countAs: 'activity', pasive: [] } },
      /requests\.pasive .*did you mean requests\.passive/,
    ],
    [{ requests: { countAs: 'activity', passive: ['poll'] } }, /passive .*not "poll"/],
    [{ rateLimit: { burst: 0, perSecond: 2 } }, /rateLimit .*burst: 0, perSecond: 2/],
    [{ timeLimit: 0 }, /timeLimit .*0/],
    [{ trustProxy: 'yes' }, /trustProxy .*a string of 3 characters/],
    [{ resolve: 'sid' }, /resolve .*a string of 3 characters/],
    [{ onEnd: true }, /onEnd .*true/],
    [{ clearCookie: 'sid=\r\nX: y' }, /clearCookie .*plain ASCII/],
  ])('refuses %o', (options, message) => {
    expect(attempt(options)).toThrow(message)
  })

  it.each<[string, Partial<Options>, RegExp]>([
    ['idle', { policy: { warnAfter: 780, expireAfter: 900, absoluteTimeout: null } }, /780.*900/],
    [
      'idle, by a millisecond',
      { policy: { warnAfter: 10_001, expireAfter: 30_000, absoluteTimeout: null } },
      /19999 ms before/,
    ],
    ['absolute', { policy: { absoluteTimeout: 28_800 } }, /absoluteTimeout \(28800\).*14400 ms/],
    [
      'absolute, said so',
      { policy: { absoluteTimeout: 60_000, warnBeforeAbsolute: 19_999 } },
      /19999 ms ahead/,
    ],
  ])('wants 20 s between a warning and the end, unless told otherwise: %s', (_, short, message) => {
    expect(attempt(short)).toThrow(message)
    expect(attempt(short)).toThrow(/milliseconds.*allowShortWarning/)
    expect(attempt({ ...short, allowShortWarning: true })).not.toThrow()
  })

  it('wants them of a policy that is worked out for each session too', async () => {
    const short = { warnAfter: 780, expireAfter: 900, absoluteTimeout: null }
    const { security } = world({ policy: () => short })
    await expect(security.start({ id: freshId(), subject: 'ada' })).rejects.toThrow(/milliseconds/)
    const allowed = world({ policy: () => short, allowShortWarning: true })
    await allowed.security.start({ id: freshId(), subject: 'ada' })
  })

  it('takes origins of web views and extensions', () => {
    const apps = ['capacitor://localhost', 'ionic://localhost', 'tauri://localhost']
    const extension = 'chrome-extension://abcdefghijklmnop'
    expect(attempt({ trustedOrigins: [...apps, extension, 'https://a.example'] })).not.toThrow()
    for (const wrong of [
      ...['capacitor://localhost/', 'capacitor:localhost', 'null', '*', 'https://a.example/x'],
      ...['https://A.example', 'https://a.example:443', 'http://a b', 'app', 'x://a@b'],
    ])
      expect(attempt({ trustedOrigins: [wrong] }), wrong).toThrow(/exact origins/)
  })

  it('names the clients that are taken for a store', () => {
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
      [null, /store has to be.*null/],
      ['redis://:hunter2@db', /store has to be/],
    ]
    for (const [store, message] of clients) expect(attempt({ store })).toThrow(message)
  })

  it('never shows a value that may hold a secret', () => {
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

  it('never shows the secret', () => {
    const secret = 'a short secret'
    expect(attempt({ secret })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(secret) }),
    )
  })
})
