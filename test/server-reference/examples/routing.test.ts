import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { afterAll, describe, expect, it } from 'vitest'
import type { Example, ExampleOptions } from '../../../server-reference/examples/example.js'
import { start as express } from '../../../server-reference/examples/express.js'
import { start as fastify } from '../../../server-reference/examples/fastify.js'
import { start as hono } from '../../../server-reference/examples/hono.js'
import { start as nodeHttp } from '../../../server-reference/examples/nodeHttp.js'
import { memoryStore } from '../../../server-reference/index.js'
import { exampleOptions } from './support/exampleOptions.js'
import { pathVariants } from './support/pathVariants.js'

const cleanups: (() => unknown)[] = []
afterAll(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

describe.each<[string, (given: ExampleOptions) => Promise<Example>]>([
  ['plain node:http', nodeHttp],
  ['Express with express-session', express],
  ['Fastify with @fastify/session', fastify],
  ['Hono', hono],
])('the example for %s', (_name, start) => {
  it('guards what it protects however the path is written', async () => {
    const { url, close } = await start({ ...exampleOptions, store: memoryStore() })
    cleanups.push(close)
    const port = Number(new URL(url).port)
    const { cookie } = await signIn(port)
    const { session } = JSON.parse((await ask(port, cookie, 'POST', '/session-security')).text)

    const before = await askAll(port, cookie)
    // Whatever spelling leads to the data has passed the guard, which leaves its mark.
    expect(before.filter(({ status, handle }) => status === 200 && handle === undefined)).toEqual(
      [],
    )
    expect(before.filter(({ status, data }) => status === 200 && data).length).toBeGreaterThan(0)

    const signedOut = await ask(port, cookie, 'DELETE', '/session-security', { session })
    expect(signedOut.status).toBe(204)
    const after = await askAll(port, cookie)
    expect(after.filter(({ status, data }) => status === 200 || data)).toEqual([])
  })
})

async function askAll(port: number, cookie: string) {
  const answers = []
  for (const method of ['GET', 'HEAD', 'POST'])
    for (const path of pathVariants('/cases')) {
      const { status, headers, text } = await ask(port, cookie, method, path)
      const data = text.includes('Housing benefit')
      answers.push({ method, path, status, data, handle: headers['session-handle'] })
    }
  return answers
}

async function signIn(port: number) {
  const body = { username: 'ada', password: 'ada' }
  const { status, headers } = await ask(port, '', 'POST', '/sign-in', body)
  expect(status).toBe(200)
  return { cookie: headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '' }
}

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** Not with `fetch`, which tidies a path up before it sends it. */
function ask(
  port: number,
  cookie: string,
  method: string,
  path: string,
  said: object = {},
): Promise<Answer> {
  const body = method === 'GET' || method === 'HEAD' ? '' : JSON.stringify({ v: 1, ...said })
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        agent: false,
        headers: {
          cookie,
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      async (response) => {
        let text = ''
        for await (const chunk of response.setEncoding('utf8')) text += chunk
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
      },
    )
    request.on('error', reject).end(body)
  })
}
