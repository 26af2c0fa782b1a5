import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'vitest'

export interface Media {
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

export const document = JSON.parse(
  readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8'),
) as { paths: Record<string, Record<string, Operation>>; components: { schemas: object } }

export const ajv = new Ajv2020({ strict: false, allErrors: true })
ajv.addSchema({ $id: 'openapi', ...document })

/** What a `$ref` points at. */
function at<T>(ref: string): T {
  return ref
    .slice(2)
    .split('/')
    .reduce((value: unknown, name) => (value as Record<string, unknown>)[name], document) as T
}

/** References stay inside the document, wherever a schema is taken from. */
export function validate(schema: object, value: unknown, what: string) {
  const whole = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/'))
  const check = ajv.compile(whole)
  if (!check(value))
    expect.fail(`${what}: ${ajv.errorsText(check.errors)}\n${JSON.stringify(value)}`)
}

export const operations = document.paths['/session-security'] ?? {}
/** An answer of any server of the protocol. Header names as the server wrote them, or lower case. */
export interface Answer {
  status: number
  headers: Record<string, string | string[]>
  body: string
}

/** Holds an answer to the document, and gives the name of what it was found to be. */
export function expectDescribed(method: string, answer: Answer): string {
  const ref = operations[method.toLowerCase()]?.responses[answer.status]?.$ref
  if (ref === undefined) return expect.fail(`${method} ${answer.status} is not described`)
  const name = `${method.toLowerCase()} ${answer.status}`
  const described = at<Described>(ref)
  for (const [name, header] of Object.entries(described.headers ?? {})) {
    const { required, schema = {} } = header.$ref
      ? at<{ required: boolean; schema: object }>(header.$ref)
      : header
    const value = headerOf(answer, name)
    if (required) expect(value, `${method} ${answer.status} ${name}`).toBeDefined()
    validate(schema, value, name)
  }
  if (!described.content) {
    expect(answer.body).toBe('')
    return name
  }
  const [type] = Object.keys(described.content)
  expect(headerOf(answer, 'Content-Type')).toBe(type)
  validate(
    described.content[type ?? '']?.schema ?? {},
    JSON.parse(answer.body),
    `${method} ${answer.status}`,
  )
  return name
}

const headerOf = ({ headers }: Answer, name: string) => headers[name] ?? headers[name.toLowerCase()]
