import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { memoryStore } from '../../../server-reference/index.js'
import { cleanError } from '../../../server-reference/session/cleanError.js'
import { viaFetch } from '../../support/servers/callers.js'
import { freshId, page, world } from '../../support/servers/world.js'

/** Errors as the clients make them, each with what the store was asked. */
const secretive = () => [
  Object.assign(new Error("ERR unknown command 'x', with args beginning with: 'ada' 'data'"), {
    name: 'ReplyError',
    command: { name: 'evalsha', args: ['ada', { role: 'data' }] },
  }),
  Object.assign(new Error('invalid input syntax for type json: "ada data"'), {
    code: '22P02',
    detail: 'Key (subject)=(ada) already exists.',
    where: 'unnamed portal parameter $2 = ada',
    query: 'SELECT ada',
    parameters: ['ada', 'data'],
  }),
  Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:6379'), {
    code: 'ECONNREFUSED',
    cause: new Error('ada'),
  }),
  Object.assign(new Error(`a long one ${'x'.repeat(10_000)} ada`), { args: ['ada'] }),
]

describe('a store that is down', () => {
  test('is told to the audit log without what it was asked', async () => {
    for (const error of secretive()) {
      const store = memoryStore()
      const { security, events } = world({ store })
      const id = freshId()
      const { session } = await security.start({ id, subject: 'ada' })
      const tab = page(await viaFetch(security), id)
      const down = () => Promise.reject(error)
      Object.assign(store, { look: down, touch: down, end: down })
      events.length = 0
      expect((await tab.get()).status).toBe(503)
      expect((await tab.report(0, session)).status).toBe(503)
      expect((await tab.signOut(session)).status).toBe(503)
      const request = new Request('http://app.example/', { headers: { cookie: `sid=${id}` } })
      expect((await security.guard(request)).response?.status).toBe(503)
      expect(events.map(({ type }) => type)).toEqual(Array(4).fill('store-down'))
      for (const call of [() => security.end({ id }), () => security.rotate({ from: id, to: 'x' })])
        await expect(call()).rejects.toSatisfy((given) =>
          ['command', 'query', 'parameters', 'where'].every((name) => !(name in Object(given))),
        )
      const told = inspect(events, { depth: 9, showHidden: true }).replaceAll(/\n +at .*/g, '')
      expect(told).not.toContain('ada')
      expect(told).not.toContain('data')
    }
  })

  test('is still told by name, code, message and place', () => {
    const [redis, postgres, network, long] = secretive().map(cleanError)
    expect(redis).toMatchObject({ name: 'ReplyError', message: 'ERR unknown command "…", ' })
    expect(postgres).toMatchObject({
      code: '22P02',
      message: 'invalid input syntax for type json: "…"',
    })
    expect(network).toMatchObject({
      code: 'ECONNREFUSED',
      message: 'connect ECONNREFUSED 127.0.0.1:6379',
    })
    expect(long?.message.length).toBeLessThan(400)
    expect(redis?.stack).toMatch(
      /^ReplyError: ERR unknown command "…", \n {4}at .*cleanError\.test/,
    )
    expect(cleanError('just a text').message).toBe('just a text')
    expect(cleanError(undefined).message).toBe('undefined')
  })

  test('says nothing of what stands between quotations that are not in pairs', () => {
    for (const [message, clean] of [
      ["can't read 'ada' as a number", 'can"…" as a number'],
      ['invalid input syntax for type json: "x"ada"', 'invalid input syntax for type json: "…"'],
      [`no 'x' ${'y'.repeat(280)} 'ada ${'z'.repeat(300)}`, 'no "…"'],
    ] as const)
      expect(cleanError(new Error(message)).message).toBe(clean)
    expect(cleanError(new Error('no "x\n    at ada"')).stack).not.toContain('at ada')
  })
})
