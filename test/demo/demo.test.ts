import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Demo, type DemoOptions, startDemo } from '../../demo/server/demo.js'
import { readEnvironment } from '../../demo/server/readEnvironment.js'
import { askEveryVariant } from '../support/servers/askEveryVariant.js'
import { askPort } from '../support/servers/callers.js'

let client: string
const demos: Demo[] = []

beforeAll(async () => {
  client = await mkdtemp(join(tmpdir(), 'demo-client-'))
  await writeFile(join(client, 'index.html'), '<!doctype html><title>Demo</title>')
  await writeFile(join(client, 'app.js'), 'export {}')
})
afterAll(() => rm(client, { recursive: true }))
afterEach(async () => {
  for (const demo of demos.splice(0)) await demo.close()
})

async function start(options: DemoOptions = {}) {
  const demo = await startDemo({ port: 0, client, ...options })
  demos.push(demo)
  const url = demo.url.replace('localhost', '127.0.0.1')
  const call = (path: string, init: RequestInit & { cookie?: string | undefined } = {}) =>
    fetch(url + path, {
      ...init,
      headers: {
        'content-type': 'application/json',
        origin: url,
        ...(init.cookie && { cookie: init.cookie }),
      },
    })
  async function signIn(name: string, cookie?: string) {
    const body = JSON.stringify({ username: name, password: name })
    const response = await call('/api/sign-in', { method: 'POST', body, cookie })
    const [set = ''] = response.headers.getSetCookie()
    return { response, set, cookie: set.split(';', 1)[0] ?? '' }
  }
  async function ask(cookie: string, method = 'POST', body: object = {}) {
    const response = await call('/session-security', {
      method,
      cookie,
      body: JSON.stringify({ v: 1, ...body }),
    })
    return { status: response.status, json: response.status === 204 ? {} : await response.json() }
  }
  return { url, call, signIn, ask }
}

test('signs in with a cookie that scripts cannot read and that ends with the browser', async () => {
  const { signIn, call } = await start()
  const { response, set, cookie } = await signIn('ada')
  expect(response.status).toBe(200)
  expect(set).toMatch(/^sid=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax$/)
  expect(await (await call('/api/me', { cookie })).json()).toMatchObject({ username: 'ada' })
})

test('refuses a wrong password and says so', async () => {
  const { call } = await start()
  for (const body of [
    '{"username":"ada","password":"bob"}',
    '{"username":"toString"}',
    'null',
    '',
  ]) {
    const response = await call('/api/sign-in', { method: 'POST', body })
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({ error: 'Wrong username or password.' })
    expect(response.headers.getSetCookie()).toEqual([])
  }
})

test('lets no form of another site sign anybody in', async () => {
  const { url } = await start()
  const init = { method: 'POST', body: '{"username":"bob","password":"bob"}' }
  const response = await fetch(`${url}/api/sign-in`, init)
  expect(response.status).toBe(415)
  expect(response.headers.getSetCookie()).toEqual([])
})

test('lets no page of another site sign anybody in, but scripts that name no site', async () => {
  const { url } = await start()
  const signInWith = async (headers: Record<string, string>) => {
    const response = await fetch(`${url}/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"username":"bob","password":"bob"}',
    })
    return [response.status, response.headers.getSetCookie().length]
  }
  expect(await signInWith({ origin: 'https://evil.example' })).toEqual([403, 0])
  expect(await signInWith({ 'sec-fetch-site': 'cross-site' })).toEqual([403, 0])
  expect(await signInWith({ 'sec-fetch-site': 'same-site' })).toEqual([403, 0])
  expect(await signInWith({})).toEqual([200, 1])
})

test('slows down who guesses passwords, and says for how long', async () => {
  const { call, signIn } = await start()
  const body = '{"username":"ada","password":"guess"}'
  const guess = () => call('/api/sign-in', { method: 'POST', body })
  for (let time = 0; time < 10; time += 1) expect((await guess()).status).toBe(401)
  const { response } = await signIn('ada')
  expect(response.status).toBe(429)
  expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d?$/)
  expect(await response.json()).toEqual({
    error: expect.stringMatching(/^Too many attempts. Try again in \d+ seconds.$/),
  })
  expect((await signIn('bob')).response.status).toBe(200)
})

test('slows down who guesses names from one address', async () => {
  const { call, signIn } = await start()
  for (let time = 0; time < 50; time += 1) {
    const body = JSON.stringify({ username: `user ${time}`, password: 'guess' })
    expect((await call('/api/sign-in', { method: 'POST', body })).status).toBe(401)
  }
  expect((await signIn('ada')).response.status).toBe(429)
})

test('gives a cookie for TLS alone where a trusted proxy says that there is TLS', async () => {
  const { url } = await start({ trustProxy: true })
  const ask = (method: string, path: string, headers: Record<string, string>, body?: object) =>
    fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json', origin: 'https://app.example', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
  const tls = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'app.example' }
  const ada = { username: 'ada', password: 'ada' }
  const [set = ''] = (await ask('POST', '/api/sign-in', tls, ada)).headers.getSetCookie()
  expect(set).toMatch(/^__Host-sid=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
  const [cookie = ''] = set.split(';', 1)
  expect((await ask('GET', '/api/cases', { ...tls, cookie })).status).toBe(200)
  // The same id under the name that anybody can set counts for nothing over TLS.
  const plain = cookie.replace('__Host-', '')
  expect((await ask('GET', '/api/cases', { ...tls, cookie: plain })).status).toBe(401)

  const { session } = await (
    await ask('POST', '/session-security', { ...tls, cookie }, { v: 1 })
  ).json()
  const signOut = { v: 1, session }
  const response = await ask('DELETE', '/session-security', { ...tls, cookie }, signOut)
  expect([response.status, response.headers.getSetCookie()]).toEqual([
    204,
    [
      'sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
      '__Host-sid=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0',
    ],
  ])
})

test('believes no proxy that it was not told of', async () => {
  const { url } = await start()
  const headers = {
    'content-type': 'application/json',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'evil.example',
  }
  const body = '{"username":"ada","password":"ada"}'
  const signIn = (more: Record<string, string>) =>
    fetch(`${url}/api/sign-in`, { method: 'POST', headers: { ...headers, ...more }, body })
  expect((await signIn({ origin: 'https://evil.example' })).status).toBe(403)
  expect((await signIn({})).headers.getSetCookie()[0]).toMatch(/^sid=/)
  // A claimed address is not counted in the place of the real one.
  const wrong = '{"username":"nobody","password":"guess"}'
  for (let time = 0; time < 50; time += 1)
    await fetch(`${url}/api/sign-in`, {
      method: 'POST',
      headers: { ...headers, 'x-forwarded-for': `192.0.2.${time}` },
      body: wrong.replace('nobody', `nobody ${time}`),
    })
  expect((await signIn({})).status).toBe(429)
})

test('signs in over plain http under any name of its machine', async () => {
  const { url } = await start()
  const port = Number(new URL(url).port)
  const host = `cases.intranet:${port}`
  const signedIn = await askPort(port, {
    method: 'POST',
    path: '/api/sign-in',
    headers: { host, origin: `http://${host}`, 'content-type': 'application/json' },
    body: '{"username":"ada","password":"ada"}',
  })
  expect([signedIn.status, signedIn.headers['set-cookie']]).toEqual([
    200,
    expect.stringMatching(/^sid=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax$/),
  ])
})

test('gives the cases to nobody but somebody signed in', async () => {
  const { call, signIn } = await start()
  expect((await call('/api/cases')).status).toBe(401)
  const { cookie } = await signIn('ada')
  const response = await call('/api/cases', { cookie })
  const { cases, servedAt } = await response.json()
  expect(cases).toHaveLength(12)
  expect(Object.keys(cases[0])).toEqual(['id', 'title', 'client', 'status', 'updated'])
  expect(Date.parse(servedAt)).toBeGreaterThan(0)
  expect(response.headers.get('session-expires-in')).toMatch(/^1(19|20)\.\d$/)
})

test('starts a new session while the old cookie is still there, and ends the old one', async () => {
  const { signIn, ask, call } = await start()
  const ada = await signIn('ada')
  const before = (await ask(ada.cookie)).json
  const again = await signIn('ada', ada.cookie)
  const bob = await signIn('bob', again.cookie)
  expect((await ask(ada.cookie)).status).toBe(401)
  expect((await ask(again.cookie)).status).toBe(401)
  const after = (await ask(bob.cookie)).json
  expect(after.session).not.toBe(before.session)
  expect(after.subject).not.toBe(before.subject)
  expect(await (await call('/api/me', { cookie: bob.cookie })).json()).toMatchObject({
    username: 'bob',
  })
})

test('keeps the subject when the same person signs in again', async () => {
  const { signIn, ask } = await start()
  const first = (await ask((await signIn('ada')).cookie)).json
  const second = (await ask((await signIn('ada')).cookie)).json
  expect(second.subject).toBe(first.subject)
  expect(second.session).not.toBe(first.session)
})

test('signs out for good, and takes the cookie back', async () => {
  const { signIn, ask, call } = await start()
  const { cookie } = await signIn('ada')
  const { session } = (await ask(cookie)).json
  const body = JSON.stringify({ v: 1, session })
  const response = await call('/session-security', { method: 'DELETE', cookie, body })
  expect(response.status).toBe(204)
  expect(response.headers.getSetCookie()).toEqual([
    'sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
  ])
  for (const path of ['/api/me', '/api/cases'])
    expect((await call(path, { cookie })).status).toBe(401)
})

test('guards the cases however their path is written', async () => {
  const { url, signIn, ask } = await start()
  const port = Number(new URL(url).port)
  const { cookie } = await signIn('ada')
  const before = await askEveryVariant(port, cookie, '/api/cases')
  expect(before.filter(({ data }) => data).length).toBeGreaterThan(0)
  expect(before.filter(({ data, handle }) => data && handle === undefined)).toEqual([])
  const { session } = (await ask(cookie)).json
  expect((await ask(cookie, 'DELETE', { session })).status).toBe(204)
  const after = await askEveryVariant(port, cookie, '/api/cases')
  expect(after.filter(({ data }) => data)).toEqual([])
})

test('is not kept alive by the polling list', async () => {
  const policy = { warnAfter: 500, expireAfter: 1_000, absoluteTimeout: 10_000 }
  const { signIn, call } = await start({ policy })
  const { cookie } = await signIn('ada')
  const before = (await call('/api/cases', { cookie })).status
  const until = performance.now() + 1_000
  while (performance.now() < until) await call('/api/cases', { cookie })
  expect([before, (await call('/api/cases', { cookie })).status]).toEqual([200, 401])
})

test('serves the page for every address of the app, and nothing from outside its folder', async () => {
  const { call } = await start()
  for (const path of ['/', '/index.html', '/cases/C-2041?x=1']) {
    const response = await call(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'self'; /)
    expect(response.headers.get('content-security-policy')).not.toContain('unsafe')
  }
  expect((await call('/app.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  for (const path of ['/missing.js', '/..%2f..%2fetc/passwd.txt'])
    expect((await call(path)).status).toBe(404)
})

test('hands the settings to the page', async () => {
  const { call } = await start({ extendOn: 'button', expiredAction: { redirectTo: '/bye' } })
  const config = await (await call('/api/config')).json()
  expect(config).toEqual({ extendOn: 'button', expiredAction: { redirectTo: '/bye' } })
})

test('says in one line that the port is taken', async () => {
  const { url } = await start()
  const port = Number(new URL(url).port)
  await expect(startDemo({ port, client })).rejects.toThrow(/^Port \d+ is taken: set PORT.*$/)
})

test('says in one line that the page is not built', async () => {
  await expect(startDemo({ port: 0, client: join(client, 'nowhere') })).rejects.toThrow(
    'npm run demo',
  )
})

test('reads its settings from the environment, in seconds', () => {
  expect(readEnvironment({})).toEqual({
    port: 4_000,
    policy: { warnAfter: 60_000, expireAfter: 120_000, absoluteTimeout: 3_600_000 },
  })
  expect(
    readEnvironment({
      PORT: '0',
      WARN_AFTER: '4',
      EXPIRE_AFTER: '8',
      EXTEND_ON: 'button',
      EXPIRED_ACTION: 'lock',
      TRUST_PROXY: '1',
    }),
  ).toEqual({
    port: 0,
    policy: { warnAfter: 4_000, expireAfter: 8_000, absoluteTimeout: 3_600_000 },
    trustProxy: true,
    extendOn: 'button',
    expiredAction: 'lock',
  })
})

test('names every variable that cannot be meant', () => {
  expect(() =>
    readEnvironment({
      PORT: 'http',
      WARN_AFTER: '-1',
      EXTEND_ON: 'click',
      EXPIRED_ACTION: 'x',
      TRUST_PROXY: 'yes',
    }),
  ).toThrow(
    /PORT.*"http".*WARN_AFTER.*"-1".*EXTEND_ON.*"click".*TRUST_PROXY.*"yes".*EXPIRED_ACTION.*"x"/,
  )
})
