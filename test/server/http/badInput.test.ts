import { afterEach, describe, expect, test } from 'vitest'
import { type Caller, viaFetch, viaNode } from '../../support/servers/callers.js'
import { freshId, minute, page, world } from '../../support/servers/world.js'

describe.each([
  ['a web Request', viaFetch],
  ['a real Node server', viaNode],
])('bad input through %s', (_name, via) => {
  const callers: Caller[] = []
  afterEach(async () => {
    for (const caller of callers.splice(0)) await caller.close()
  })

  async function signedIn() {
    const { security, events, pass } = world()
    const id = freshId()
    const { session } = await security.start({ id, subject: 'ada' })
    pass(5 * minute)
    const caller = await via(security)
    callers.push(caller)
    const headers = {
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/json',
      cookie: `sid=${id}`,
    }
    const send = (body: string, extra: Record<string, string> = {}, method = 'POST') =>
      caller.ask({ method, headers: { ...headers, ...extra }, body })
    const untouched = async () =>
      expect((await page(caller, id).observe(session)).json).toMatchObject({
        state: 'active',
        idleMs: 5 * minute,
      })
    return { session, id, send, untouched, caller, headers, events }
  }

  test('is refused with the place of the mistake, and has no effect', async () => {
    const { send, untouched, session } = await signedIn()
    const wrong: [string, string][] = [
      ['', ''],
      ['{', ''],
      ['[]', ''],
      ['null', ''],
      ['"x"', ''],
      ['{"v":1,"session":5}', '/session'],
      ['{"v":1,"session":null}', '/session'],
    ]
    for (const value of ['"1"', '-1', '0.5', '1e400', '9007199254740992', 'null', 'true', '[]'])
      wrong.push([`{"v":1,"session":"${session}","idleForMs":${value}}`, '/idleForMs'])
    for (const method of ['POST', 'DELETE'])
      for (const [body, pointer] of wrong) {
        const answer = await send(body, {}, method)
        expect([body, answer.status, answer.json.pointer]).toEqual([body, 400, pointer])
        expect(answer.headers['content-type']).toBe('application/problem+json')
        expect(answer.json).toMatchObject({
          status: 400,
          type: expect.stringMatching(/\/bad-request$/),
        })
      }
    await untouched()
  })

  test('takes a huge whole number, which says nothing new', async () => {
    const { send, untouched, session } = await signedIn()
    const body = JSON.stringify({ v: 1, session, idleForMs: Number.MAX_SAFE_INTEGER })
    expect((await send(body)).status).toBe(200)
    await untouched()
  })

  test('names the versions that it knows', async () => {
    const { send } = await signedIn()
    for (const body of ['{"v":2}', '{"v":"1"}', '{}'])
      expect((await send(body)).json).toMatchObject({ status: 400, supported: [1], pointer: '/v' })
  })

  test('ignores members that it does not know, and the query string', async () => {
    const { caller, headers, session } = await signedIn()
    const body = JSON.stringify({
      v: 1,
      session,
      idleForMs: 0,
      subject: 'bob',
      __proto__: { v: 2 },
    })
    const path = '/session-security?v=7&idleFor=0&idleFor=x'
    expect((await caller.ask({ method: 'POST', headers, body, path })).json).toMatchObject({
      idleMs: 0,
    })
  })

  test('has to be application/json, and plain', async () => {
    const { send, untouched, caller, id } = await signedIn()
    for (const type of [
      'text/plain',
      'application/json+x',
      'multipart/form-data',
      'application/x-www-form-urlencoded',
    ])
      expect((await send('{"v":1}', { 'content-type': type })).status).toBe(415)
    expect((await send('{"v":1}', { 'content-encoding': 'gzip' })).status).toBe(415)
    const bare = { 'sec-fetch-site': 'same-origin', cookie: `sid=${id}` }
    expect((await caller.ask({ method: 'DELETE', headers: bare })).status).toBe(415)
    expect(
      (await send('{"v":1}', { 'content-type': 'Application/JSON; charset=utf-8' })).status,
    ).toBe(200)
    await untouched()
  })

  test('may have 1,024 bytes and no more', async () => {
    const { send } = await signedIn()
    const sized = (bytes: number) => `{"v":1,"x":"${'x'.repeat(bytes - 14)}"}`
    expect(Buffer.byteLength(sized(1_024))).toBe(1_025 - 1)
    expect((await send(sized(1_024))).status).toBe(200)
    const answer = await send(sized(1_025))
    expect(answer.status).toBe(413)
    expect(answer.json).toMatchObject({ maxBytes: 1_024 })
    expect(answer.headers.connection).toBe('close')
  })

  test('may not carry two differing session cookies', async () => {
    const { send, id, untouched } = await signedIn()
    expect((await send('{"v":1}', { cookie: `sid=${id}; other=1; sid=${id}` })).status).toBe(200)
    expect((await send('{"v":1}', { cookie: `sid=${id}; sid=another` })).status).toBe(400)
    expect((await send('{"v":1}', { cookie: `xsid=5; sid=${id}; sidx=7` })).status).toBe(200)
    await untouched()
  })

  test('may not carry two differing session cookies, however they are spaced', async () => {
    const { send, id, events } = await signedIn()
    for (const cookie of [
      `sid =other; sid=${id}`,
      `sid\t=other; sid=${id}`,
      `sid=${id};sid= other`,
    ])
      expect((await send('{"v":1}', { cookie })).status, cookie).toBe(400)
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'refused', rule: 'ambiguous-cookie', status: 400 }),
    )
  })

  test('tells the sender and the audit log which rule refused it, and why', async () => {
    const { send, events, id, session, caller, headers } = await signedIn()
    const other = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
    const cases: [() => Promise<{ status: number; json: object }>, string, RegExp][] = [
      [() => send('{'), 'body', /JSON object/],
      [() => send('{"v":1}', other), 'origin', /cross-site.*https:\/\/evil\.example/],
      [() => send('{"v":1}', { 'content-type': 'text/plain' }), 'media-type', /text\/plain/],
      [() => send('{"v":1}', { 'content-encoding': 'gzip' }), 'content-encoding', /gzip/],
      [() => send('x'.repeat(2_000)), 'body-too-large', /1024 bytes/],
      [() => send('{"v":1}', { cookie: `sid=${id}; sid=b` }), 'ambiguous-cookie', /another path/],
      [() => caller.ask({ method: 'PUT', headers }), 'method', /"PUT".*GET, POST, DELETE/],
    ]
    for (const [ask, rule, why] of cases) {
      events.length = 0
      const { status, json } = await ask()
      const { detail } = json as { detail: string }
      expect(detail).toMatch(why)
      const method = rule === 'method' ? 'PUT' : 'POST'
      expect(events).toEqual([{ type: 'refused', status, method, rule, detail }])
      expect(detail).not.toContain(id)
      expect(detail).not.toContain(session)
    }
  })
})
