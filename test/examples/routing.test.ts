import { afterAll, describe, expect, test } from 'vitest'
import type { Example, ExampleOptions } from '../../examples/example.js'
import { start as express } from '../../examples/express.js'
import { start as fastify } from '../../examples/fastify.js'
import { start as hono } from '../../examples/hono.js'
import { start as nodeHttp } from '../../examples/nodeHttp.js'
import { memoryStore } from '../../server-reference/index.js'
import { ask, askEveryVariant } from '../support/servers/askEveryVariant.js'
import { exampleOptions } from '../support/servers/exampleOptions.js'

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
  test('guards what it protects however the path is written', async () => {
    const { url, close } = await start({ ...exampleOptions, store: memoryStore() })
    cleanups.push(close)
    const port = Number(new URL(url).port)
    const { cookie } = await signIn(port)
    const { session } = JSON.parse((await ask(port, cookie, 'POST', '/session-security')).text)

    const before = await askEveryVariant(port, cookie)
    // Whatever spelling leads to the data has passed the guard, which leaves its mark.
    expect(before.filter(({ status, handle }) => status === 200 && handle === undefined)).toEqual(
      [],
    )
    expect(before.filter(({ status, data }) => status === 200 && data).length).toBeGreaterThan(0)

    const signedOut = await ask(port, cookie, 'DELETE', '/session-security', { session })
    expect(signedOut.status).toBe(204)
    const after = await askEveryVariant(port, cookie)
    expect(after.filter(({ status, data }) => status === 200 || data)).toEqual([])
  })
})

async function signIn(port: number) {
  const body = { username: 'ada', password: 'ada' }
  const { status, headers } = await ask(port, '', 'POST', '/sign-in', body)
  expect(status).toBe(200)
  return { cookie: headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '' }
}
