import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { readEnvironment } from '../../../server-reference/demo/readEnvironment.js'
import { type Demo, type DemoOptions, startDemo } from '../../../server-reference/demo.js'

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

it('signs in with a cookie that scripts cannot read and that ends with the browser', async () => {
  const { signIn, call } = await start()
  const { response, set, cookie } = await signIn('ada')
  expect(response.status).toBe(200)
  expect(set).toMatch(/^sid=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax$/)
  expect(await (await call('/api/me', { cookie })).json()).toMatchObject({ username: 'ada' })
})

it('refuses a wrong password and says so', async () => {
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

it('lets no form of another site sign anybody in', async () => {
  const { url } = await start()
  const init = { method: 'POST', body: '{"username":"bob","password":"bob"}' }
  const response = await fetch(`${url}/api/sign-in`, init)
  expect(response.status).toBe(415)
  expect(response.headers.getSetCookie()).toEqual([])
})

it('gives the cases to nobody but somebody signed in', async () => {
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

it('starts a new session while the old cookie is still there, and ends the old one', async () => {
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

it('keeps the subject when the same person signs in again', async () => {
  const { signIn, ask } = await start()
  const first = (await ask((await signIn('ada')).cookie)).json
  const second = (await ask((await signIn('ada')).cookie)).json
  expect(second.subject).toBe(first.subject)
  expect(second.session).not.toBe(first.session)
})

it('signs out for good, and takes the cookie back', async () => {
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

it('is not kept alive by the polling list', async () => {
  const policy = { warnAfter: 500, expireAfter: 1_000, absoluteTimeout: 10_000 }
  const { signIn, call } = await start({ policy })
  const { cookie } = await signIn('ada')
  const before = (await call('/api/cases', { cookie })).status
  const until = performance.now() + 1_000
  while (performance.now() < until) await call('/api/cases', { cookie })
  expect([before, (await call('/api/cases', { cookie })).status]).toEqual([200, 401])
})

it('serves the page for every address of the app, and nothing from outside its folder', async () => {
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

it('hands the settings to the page', async () => {
  const { call } = await start({ extendOn: 'button', expiredAction: { redirectTo: '/bye' } })
  const config = await (await call('/api/config')).json()
  expect(config).toEqual({ extendOn: 'button', expiredAction: { redirectTo: '/bye' } })
})

it('says in one line that the port is taken', async () => {
  const { url } = await start()
  const port = Number(new URL(url).port)
  await expect(startDemo({ port, client })).rejects.toThrow(/^Port \d+ is taken: set PORT.*$/)
})

it('says in one line that the page is not built', async () => {
  await expect(startDemo({ port: 0, client: join(client, 'nowhere') })).rejects.toThrow(
    'npm run demo',
  )
})

it('reads its settings from the environment, in seconds', () => {
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
    }),
  ).toEqual({
    port: 0,
    policy: { warnAfter: 4_000, expireAfter: 8_000, absoluteTimeout: 3_600_000 },
    extendOn: 'button',
    expiredAction: 'lock',
  })
})

it('names every variable that cannot be meant', () => {
  expect(() =>
    readEnvironment({ PORT: 'http', WARN_AFTER: '-1', EXTEND_ON: 'click', EXPIRED_ACTION: 'x' }),
  ).toThrow(/PORT.*"http".*WARN_AFTER.*"-1".*EXTEND_ON.*"click".*EXPIRED_ACTION.*"x"/)
})
