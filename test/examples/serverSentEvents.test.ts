import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { createEventStream } from '../../examples/streams/serverSentEvents.js'
import { memoryStore, type SessionStore } from '../../server-reference/index.js'
import { freshId, world } from '../support/servers/world.js'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('a stream whose reader hung up before the guard had looked is not begun', async () => {
  const inner = memoryStore()
  const store: SessionStore = {
    ...inner,
    async look(key) {
      await pause(100)
      return inner.look(key)
    },
  }
  const { security } = world({ store })
  const id = freshId()
  await security.start({ id, subject: 'ada' })
  let subscribed = 0
  const events = createEventStream(security, () => {
    subscribed++
    return () => subscribed--
  })
  const closed: Promise<unknown>[] = []
  const server = createServer((request, response) => {
    closed.push(new Promise((resolve) => response.on('close', resolve)))
    void events(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const request = httpRequest({ port, headers: { cookie: `sid=${id}` } }).on('error', () => {})
  request.end()
  await expect.poll(() => closed.length).toBe(1)
  request.destroy()
  await closed[0]
  await pause(200)
  expect(subscribed).toBe(0)
  security.close()
  server.close()
})
