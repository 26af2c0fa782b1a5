import { setupServer } from 'msw/node'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type MockServerOptions, mockServer } from '../../../src/msw.js'
import { decodeAnswer } from '../../../src/protocol/decodeAnswer.js'

const network = setupServer()
beforeEach(() => {
  network.listen({ onUnhandledRequest: 'error' })
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  network.close()
  vi.useRealTimers()
})

function serve(options: MockServerOptions = {}) {
  const url = 'http://app.test/session-security'
  const server = mockServer({ url, ...options })
  network.resetHandlers(...server.handlers)
  const send = async (method: string, body?: object) => {
    const headers = { 'Content-Type': 'application/json' }
    const init = body ? { method, headers, body: JSON.stringify({ v: 1, ...body }) } : { method }
    const response = await fetch(url, init)
    if (response.status === 204) return null
    return decodeAnswer(response.status, await response.json().catch(() => null))
  }
  return { server, send, session: async () => sessionIn(await send('GET')) }
}

function sessionIn(verdict: Awaited<ReturnType<typeof decodeAnswer>> | null): string {
  if (verdict?.state !== 'active' || !verdict.session) throw new Error('No live session.')
  return verdict.session
}

describe('the mock server', () => {
  test('moves the deadline only for a report that names its session', async () => {
    const { send, session } = serve({ idleFor: 480_000 })
    const name = await session()
    expect(await send('GET')).toMatchObject({ remaining: 120_000 })
    expect(await send('POST', { session: name })).toMatchObject({ remaining: 120_000 })
    expect(await send('POST', { session: 'other', idleForMs: 0 })).toMatchObject({
      remaining: 120_000,
    })
    expect(await send('POST', { session: name, idleForMs: 0 })).toMatchObject({
      remaining: 600_000,
    })
  })

  test('ends the session for good when its time is over', async () => {
    const { send, session } = serve()
    const name = await session()
    vi.setSystemTime(Date.now() + 600_000)
    const over = { state: 'ended', reason: 'idle', session: name }
    expect(await send('GET')).toEqual(over)
    expect(await send('POST', { session: name, idleForMs: 0 })).toEqual(over)
  })

  test('signs out the session that the request names, and starts another one at the next sign-in', async () => {
    const { server, send, session } = serve()
    const name = await session()
    await send('DELETE', { session: 'other' })
    expect(await send('GET')).toMatchObject({ state: 'active' })
    expect(await send('DELETE', { session: name })).toBeNull()
    expect(await send('GET')).toMatchObject({ state: 'ended', reason: 'signed-out' })
    server.signIn('bob')
    expect(await send('GET')).toMatchObject({
      state: 'active',
      subject: expect.stringMatching(/^bob-+$/),
    })
  })

  test('starts without a session if the subject is null', async () => {
    const { send } = serve({ subject: null })
    expect(await send('GET')).toEqual({ state: 'ended', reason: 'unknown' })
  })

  test('gives no verdict when it is down', async () => {
    const { server, send } = serve()
    server.behave('down')
    expect(await send('GET')).toEqual({ state: 'unknown' })
  })
})
