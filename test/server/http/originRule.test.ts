import { describe, expect, test } from 'vitest'
import { createOriginRule, type OriginOptions } from '../../../server-reference/http/originRule.js'
import { viaFetch } from '../../support/servers/callers.js'
import { freshId, page, world } from '../../support/servers/world.js'

function passes(options: OriginOptions, headers: Record<string, string>, method = 'POST') {
  const all: Record<string, string> = { host: 'app.example', ...headers }
  const request = { method, url: '/', headers: { get: (name: string) => all[name] ?? null } }
  return createOriginRule(options)(request).pass
}

const site = 'sec-fetch-site'

describe('the origin rule', () => {
  test('lets a page of the same origin ask, with any method', () => {
    for (const method of ['GET', 'POST', 'DELETE'])
      expect(passes({}, { [site]: 'same-origin' }, method)).toBe(true)
  })

  test('lets a person type the address, for GET only', () => {
    expect(passes({}, { [site]: 'none' }, 'GET')).toBe(true)
    expect(passes({}, { [site]: 'none' })).toBe(false)
    expect(passes({}, { [site]: 'none' }, 'DELETE')).toBe(false)
  })

  test('refuses other sites, siblings included, with every method', () => {
    for (const value of ['cross-site', 'same-site', 'Same-Origin', ''])
      for (const method of ['GET', 'POST', 'DELETE'])
        expect(passes({}, { [site]: value, origin: 'https://evil.example' }, method)).toBe(false)
  })

  test('lets a trusted origin ask, exactly that one', () => {
    const options = { trustedOrigins: ['https://friend.example'] }
    const asks = (origin: string) => passes(options, { [site]: 'cross-site', origin })
    expect(asks('https://friend.example')).toBe(true)
    for (const other of [
      'http://friend.example',
      'https://friend.example:444',
      'https://x.friend.example',
    ])
      expect(asks(other)).toBe(false)
  })

  test('compares Origin with Host where the browser says nothing else, the scheme apart', () => {
    for (const origin of ['http://app.example', 'https://app.example', 'https://APP.example'])
      expect(passes({}, { origin })).toBe(true)
    for (const origin of [
      'http://app.example:81',
      'http://app.example.evil',
      'ftp://app.example',
      'app.example',
    ])
      expect(passes({}, { origin })).toBe(false)
  })

  test('takes the default port of a scheme for said', () => {
    expect(passes({}, { host: 'app:80', origin: 'http://app' })).toBe(true)
    expect(passes({}, { host: 'app', origin: 'http://app:80' })).toBe(true)
    expect(passes({}, { host: 'APP:443', origin: 'https://app' })).toBe(true)
    expect(passes({}, { host: '[::1]:80', origin: 'http://[::1]' })).toBe(true)
    for (const [host, origin] of [
      ['app:443', 'http://app'],
      ['app:80', 'https://app'],
      ['app:8080', 'http://app'],
      ['app:80:80', 'http://app'],
      ['app', 'http://app:81'],
    ] as const)
      expect(passes({}, { host, origin }), `${host} ${origin}`).toBe(false)
  })

  test('says what it compared', () => {
    const why = (options: OriginOptions, headers: Record<string, string>, method = 'POST') => {
      const request = {
        method,
        url: '/',
        headers: { get: (name: string) => headers[name] ?? null },
      }
      const verdict = createOriginRule(options)(request)
      return verdict.pass ? 'passed' : verdict.detail
    }
    const origin = 'http://localhost:5173'
    expect(why({}, { origin, host: 'localhost:3000' })).toMatch(
      /Origin "http:\/\/localhost:5173" does not match Host "localhost:3000".*`origins`/,
    )
    expect(why({ trustProxy: true }, { origin, host: 'a', 'x-forwarded-host': 'b' })).toMatch(
      /does not match X-Forwarded-Host "b"/,
    )
    expect(why({ origins: ['https://app.example'] }, { origin })).toMatch(/is not in the server's/)
    expect(why({}, { [site]: 'same-site', origin })).toMatch(/"same-site".*trustedOrigins/)
    expect(why({}, { [site]: 'none' })).toMatch(/typed address/)
    expect(why({}, {})).toMatch(/allowNonBrowser/)
    expect(why({}, { origin: `http://${'x'.repeat(500)}`, host: 'a' }).length).toBeLessThan(400)
  })

  test('compares Origin with the configured ones instead, where there are some', () => {
    const options = { origins: ['https://app.example'] }
    expect(passes(options, { origin: 'https://app.example' })).toBe(true)
    expect(passes(options, { origin: 'http://app.example' })).toBe(false)
  })

  test('believes a forwarded host only where it was told to', () => {
    const headers = { origin: 'https://public.example', 'x-forwarded-host': 'public.example' }
    expect(passes({}, headers)).toBe(false)
    expect(passes({ trustProxy: true }, headers)).toBe(true)
    const chain = { ...headers, 'x-forwarded-host': 'public.example, inner.example' }
    expect(passes({ trustProxy: true }, chain)).toBe(true)
    expect(passes({ trustProxy: true }, { ...chain, origin: 'https://inner.example' })).toBe(false)
    // An empty one says nothing.
    const empty = { origin: 'http://app.example', 'x-forwarded-host': '' }
    expect(passes({ trustProxy: true }, empty)).toBe(true)
  })

  test('refuses whoever says nothing, unless other clients are allowed', () => {
    expect(passes({}, {}, 'GET')).toBe(false)
    expect(passes({ allowNonBrowser: true }, {}, 'GET')).toBe(true)
  })

  test('lets the origin null pass only from the same origin', () => {
    expect(passes({}, { origin: 'null' })).toBe(false)
    expect(passes({}, { origin: 'null', [site]: 'cross-site' })).toBe(false)
    expect(passes({}, { origin: 'null', [site]: 'same-origin' })).toBe(true)
  })

  test('refuses doubled headers, also where each alone would pass', () => {
    const origin = 'http://app.example'
    expect(passes({}, { [site]: 'same-origin, same-origin' })).toBe(false)
    expect(passes({}, { [site]: 'same-origin', origin: `${origin}, ${origin}` })).toBe(false)
    expect(passes({ trustedOrigins: [origin] }, { [site]: 'cross-site, none', origin })).toBe(false)
  })
})

describe('a trusted origin', () => {
  const origin = 'https://friend.example'
  async function setUp() {
    const { security } = world({ trustedOrigins: [origin] })
    const id = freshId()
    const { session } = await security.start({ id, subject: 'ada' })
    const caller = await viaFetch(security)
    return { caller, tab: page(caller, id, { 'sec-fetch-site': 'cross-site', origin }), session }
  }

  test('gets its preflight answered', async () => {
    const { caller } = await setUp()
    const asked = {
      'access-control-request-method': 'DELETE',
      'access-control-request-headers': 'content-type',
    }
    const answer = await caller.ask({ method: 'OPTIONS', headers: { origin, ...asked } })
    expect(answer.status).toBe(204)
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-allow-headers': 'content-type',
      vary: 'Origin',
    })
    const stranger = await caller.ask({
      method: 'OPTIONS',
      headers: { ...asked, origin: 'https://evil.example' },
    })
    expect(stranger.status).toBe(405)
    expect(stranger.headers).not.toHaveProperty('access-control-allow-origin')
  })

  test('may read every answer, refusals included', async () => {
    const { tab, session } = await setUp()
    for (const answer of [
      await tab.report(0, session),
      await tab.post('POST', { v: 2 }),
      await tab.signOut(session),
    ])
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
      })
    expect((await tab.observe()).status).toBe(401)
  })
})
