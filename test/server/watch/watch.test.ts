import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import {
  memoryStore,
  type SessionSecurity,
  type SessionStore,
} from '../../../server-reference/index.js'
import { keyOf } from '../../../server-reference/session/handles.js'
import { viaFetch } from '../../support/servers/callers.js'
import { counting, requestOf, shared } from '../../support/servers/watchWorld.js'
import { freshId, minute, page, world } from '../../support/servers/world.js'

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  })
})
const cleanups: (() => unknown)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
  vi.useRealTimers()
})

/** A session of somebody, watched. */
async function watched(options: Parameters<typeof world>[0] = {}) {
  const store = options.store ?? memoryStore()
  const made = world({ ...options, store })
  const id = freshId()
  await made.security.start({ id, subject: 'ada' })
  return { ...made, ...observe(made.security, id), id }
}

function observe(security: SessionSecurity, id: string | null) {
  const reasons: string[] = []
  const stop = security.watch(requestOf(id), ({ reason }) => reasons.push(reason))
  cleanups.push(stop)
  return { reasons, stop }
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('the end of a watched session', () => {
  test('is told within a second of the idle deadline, once', async () => {
    const { reasons } = await watched()
    await pass(15 * minute - 1)
    expect(reasons).toEqual([])
    await pass(1_000)
    expect(reasons).toEqual(['idle'])
    await pass(60 * minute)
    expect(reasons).toEqual(['idle'])
  })

  test('is told within a second of the absolute deadline, however active the person is', async () => {
    const { security, reasons, id } = await watched()
    const tab = page(await viaFetch(security), id)
    const { session } = (await tab.get()).json as { session: string }
    for (let i = 1; i < 48; i++) {
      await pass(10 * minute)
      await tab.report(0, session)
    }
    await pass(10 * minute - 1)
    expect(reasons).toEqual([])
    await pass(1_000)
    expect(reasons).toEqual(['absolute'])
  })

  test('is written down, so that onEnd is called though nobody sweeps', async () => {
    const { ended } = await watched()
    await pass(15 * minute + 1_000)
    expect(ended).toMatchObject([{ subject: 'ada', reason: 'idle' }])
  })

  test('moves with activity', async () => {
    const { security, reasons, id } = await watched()
    const tab = page(await viaFetch(security), id)
    const { session } = (await tab.get()).json as { session: string }
    await pass(14 * minute)
    await tab.report(0, session)
    await pass(14 * minute)
    expect(reasons).toEqual([])
    await pass(minute + 1_000)
    expect(reasons).toEqual(['idle'])
  })

  test('is told at once for a sign-out, an end by the app, and one everywhere', async () => {
    const signedOut = await watched()
    const tab = page(await viaFetch(signedOut.security), signedOut.id)
    const { session } = (await tab.get()).json as { session: string }
    await tab.signOut(session)
    expect(signedOut.reasons).toEqual(['signed-out'])

    const ended = await watched()
    await pass(0)
    await ended.security.end({ id: ended.id, reason: 'revoked' })
    expect(ended.reasons).toEqual(['revoked'])

    const everywhere = await watched()
    await pass(0)
    await everywhere.security.endSubject('ada')
    expect(everywhere.reasons).toEqual(['revoked'])
  })

  test('is told where another handler of this process shares the store', async () => {
    const store = memoryStore()
    const { reasons, id } = await watched({ store })
    const other = world({ store }).security
    await pass(0)
    await other.end({ id })
    expect(reasons).toEqual(['signed-out'])
  })

  test('is told while the first question is still out', async () => {
    const store = shared({ look: () => new Promise(() => {}) })
    const { security, reasons, id } = await watched({ store })
    await pass(10)
    await security.end({ id })
    expect(reasons).toEqual(['signed-out'])
  })

  test('is judged by the policy of the session, when that got shorter too', async () => {
    let expireAfter = 15 * minute
    const policy = () => ({ warnAfter: 10_000, expireAfter, absoluteTimeout: null })
    const { security, reasons, id } = await watched({ policy })
    const tab = page(await viaFetch(security), id)
    const { session } = (await tab.get()).json as { session: string }
    await pass(minute)
    expireAfter = minute
    await tab.report(0, session)
    await pass(minute - 1)
    expect(reasons).toEqual([])
    await pass(1_000)
    expect(reasons).toEqual(['idle'])
  })

  test('is told where the machine slept over it, within a second of waking up', async () => {
    const { reasons } = await watched()
    await pass(1_000)
    vi.setSystemTime(Date.now() + 20 * minute)
    await pass(1_000)
    expect(reasons).toEqual(['idle'])
  })
})

describe('a request without a living session', () => {
  test('is told so at once, though never before watch() has returned', async () => {
    const { security } = world()
    for (const id of [null, freshId()]) {
      const { reasons } = observe(security, id)
      expect(reasons).toEqual([])
      await pass(0)
      expect(reasons).toEqual(['unknown'])
    }
  })

  test('is told why its session ended', async () => {
    const { security, id, stop } = await watched()
    stop()
    await security.end({ id, reason: 'revoked' })
    const { reasons } = observe(security, id)
    await pass(0)
    expect(reasons).toEqual(['revoked'])
  })

  test('is told so where two session cookies differ, or resolve fails', async () => {
    const { security } = world()
    const reasons: string[] = []
    const request = requestOf('x', { cookie: 'sid=a; sid=b' })
    security.watch(request, ({ reason }) => reasons.push(reason))
    const broken = world({
      resolve: () => {
        throw new Error('broken')
      },
    })
    broken.security.watch(requestOf('x'), ({ reason }) => reasons.push(reason))
    await pass(0)
    expect(reasons).toEqual(['unknown', 'unknown'])
    expect(broken.events).toMatchObject([{ type: 'store-down' }])
  })
})

describe('the cost of watching', () => {
  test('is one look at the start and one at each deadline', async () => {
    const { store, looks } = counting(memoryStore())
    const { reasons } = await watched({ store })
    await pass(15 * minute - 1)
    expect(looks()).toBe(1)
    await pass(1_000)
    expect([reasons, looks()]).toEqual([['idle'], 2])
  })

  test('is that of one session, however many of its streams are watched', async () => {
    const { store, looks } = counting(memoryStore())
    const { security, id } = await watched({ store })
    const others = Array.from({ length: 100 }, () => observe(security, id))
    await pass(15 * minute + 1_000)
    expect(looks()).toBe(2)
    for (const { reasons } of others) expect(reasons).toEqual(['idle'])
  })

  test('is one timer for ten thousand sessions, and none once nobody watches', async () => {
    const { store, looks } = counting(memoryStore())
    const { security } = world({ store })
    const ids = Array.from({ length: 10_000 }, freshId)
    for (const id of ids) await security.start({ id, subject: id })
    const before = vi.getTimerCount()
    const streams = ids.map((id) => observe(security, id))
    await pass(1_000)
    expect(vi.getTimerCount() - before).toBe(1)
    expect(looks()).toBe(10_000)
    await pass(14 * minute)
    expect(looks()).toBe(10_000)
    for (const { stop } of streams) stop()
    expect(vi.getTimerCount() - before).toBe(0)
  })

  test('asks the store for a limited number of sessions at a time', async () => {
    const memory = memoryStore()
    let asked = 0
    let most = 0
    const look: SessionStore['look'] = async (key) => {
      most = Math.max(most, ++asked)
      await new Promise((resolve) => setTimeout(resolve, 1))
      asked--
      return memory.look(key)
    }
    const { security } = world({ store: { ...memory, look } })
    for (let i = 0; i < 500; i++) {
      const id = freshId()
      await security.start({ id, subject: id })
      observe(security, id)
    }
    await pass(1_000)
    expect(most).toBeGreaterThan(10)
    expect(most).toBeLessThanOrEqual(100)
  })

  test('does not keep the process running', async () => {
    vi.useRealTimers()
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout')
    const before = timers()
    await watched()
    await new Promise((resolve) => setImmediate(resolve))
    expect(timers().length).toBeLessThanOrEqual(before.length)
  })
})

describe('watching', () => {
  test('stops when it is told to', async () => {
    const { security, reasons, stop, id } = await watched()
    await pass(0)
    stop()
    await security.end({ id })
    await pass(60 * minute)
    expect(reasons).toEqual([])
  })

  test('stops before it began, too', async () => {
    const { store, looks } = counting(memoryStore())
    const { security, id } = await watched({ store })
    await pass(60 * minute)
    const before = looks()
    const { reasons, stop } = observe(security, id)
    stop()
    await pass(60 * minute)
    expect([reasons, looks()]).toEqual([[], before])
  })

  test('goes on for the other streams of the session', async () => {
    const { security, reasons, stop, id } = await watched()
    const other = observe(security, id)
    await pass(0)
    stop()
    await security.end({ id })
    expect([reasons, other.reasons]).toEqual([[], ['signed-out']])
  })

  test('moves on to the new id where rotate renews it', async () => {
    const { security, reasons, id } = await watched()
    await pass(minute)
    const to = freshId()
    await security.rotate({ from: id, to })
    await pass(10 * minute)
    expect(reasons).toEqual([])
    await security.end({ id: to })
    expect(reasons).toEqual(['signed-out'])
  })

  test('stops for each of the streams that a renewed id brought together', async () => {
    const { security, reasons, stop, id } = await watched()
    const to = freshId()
    await pass(0)
    await security.rotate({ from: id, to })
    const later = observe(security, to)
    await pass(0)
    stop()
    await security.end({ id: to })
    expect([reasons, later.reasons]).toEqual([[], ['signed-out']])
  })

  test('is disturbed by no callback that throws', async () => {
    const { security, reasons, id, events } = await watched()
    security.watch(requestOf(id), () => {
      throw new Error('broken')
    })
    security.watch(requestOf(id), async () => {
      throw new Error('broken later')
    })
    const last = observe(security, id)
    await pass(0)
    await security.end({ id })
    await pass(0)
    expect([reasons, last.reasons]).toEqual([['signed-out'], ['signed-out']])
    expect(events.filter(({ type }) => type === 'failed')).toHaveLength(2)
  })

  test('ends with the handler, and so do the streams: nobody would notice their end', async () => {
    const { security, reasons, id } = await watched()
    await pass(0)
    const before = vi.getTimerCount()
    security.close()
    expect(reasons).toEqual(['unknown'])
    expect(vi.getTimerCount()).toBe(before - 1)
    const late = observe(security, id)
    await pass(0)
    expect(late.reasons).toEqual(['unknown'])
  })
})

describe('a store that does not answer', () => {
  const hangs = () => new Promise<never>(() => {})

  test('ends a stream whose session it could not confirm at the start', async () => {
    const { reasons } = await watched({ store: shared({ look: hangs }) })
    await pass(1_000)
    expect(reasons).toEqual([])
    await pass(1_000)
    expect(reasons).toEqual(['unknown'])
  })

  test.each([
    ['hangs', hangs],
    ['fails', () => Promise.reject(new Error('down'))],
  ])('ends a stream within a second of its deadline where it %s', async (_how, broken) => {
    const memory = memoryStore()
    const store = { ...memory }
    const { reasons } = await watched({ store })
    await pass(minute)
    store.look = broken
    await pass(14 * minute - 1)
    expect(reasons).toEqual([])
    await pass(1_000)
    expect(reasons).toEqual(['unknown'])
  })

  test('does no harm where it is back in time', async () => {
    const memory = memoryStore()
    const store = { ...memory }
    const { security, reasons, id, events } = await watched({ store })
    const tab = page(await viaFetch(security), id)
    const { session } = (await tab.get()).json as { session: string }
    await pass(5 * minute)
    await tab.report(0, session)
    store.look = () => Promise.reject(new Error('down'))
    await pass(10 * minute + 200)
    store.look = memory.look
    await pass(2_000)
    expect(reasons).toEqual([])
    expect(events.filter(({ type }) => type === 'store-down')).toHaveLength(1)
    await pass(5 * minute)
    expect(reasons).toEqual(['idle'])
  })
})

describe('a store of an unknown kind that processes share', () => {
  test('is asked every second, because it can’t tell of ends in other processes', async () => {
    const memory = shared()
    const { store, looks } = counting(memory)
    const { reasons, id } = await watched({ store })
    await pass(10_500)
    expect(looks()).toBeGreaterThanOrEqual(9)
    expect(looks()).toBeLessThanOrEqual(12)
    await memory.end(keyOf(id), 'signed-out')
    await pass(1_200)
    expect(reasons).toEqual(['signed-out'])
  })
})

describe('requests', () => {
  test('may be web-standard ones', async () => {
    const { security, id } = await watched()
    const reasons: string[] = []
    const request = new Request('http://app.example/', { headers: { cookie: `sid=${id}` } })
    security.watch(request, ({ reason }) => reasons.push(reason))
    await pass(0)
    await security.end({ id })
    expect(reasons).toEqual(['signed-out'])
  })

  test('may be Node’s, and the one that opens a WebSocket', async () => {
    vi.useRealTimers()
    const { security, id } = await watched()
    const reasons: string[] = []
    let opened = 0
    const told = () => opened === 2 && security.end({ id })
    const over = new Promise<void>((resolve) => {
      const watch = (request: IncomingMessage) => {
        security.watch(request, ({ reason }) => {
          if (reasons.push(reason) === 2) resolve()
        })
        opened++
        setImmediate(told)
      }
      const server = createServer((request, response) => {
        watch(request)
        response.writeHead(200).flushHeaders()
      })
      const sockets = new WebSocketServer({ noServer: true })
      server.on('upgrade', (request: IncomingMessage, socket, head) => {
        sockets.handleUpgrade(request, socket, head, () => watch(request))
      })
      server.listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo
        const headers = { cookie: `sid=${id}` }
        const stream = httpRequest({ port, host: '127.0.0.1', headers, agent: false }).end()
        const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { headers })
        for (const one of [stream, socket]) one.on('error', () => {})
        cleanups.push(
          () => server.close(),
          () => stream.destroy(),
          () => socket.terminate(),
        )
      })
    })
    await over
    expect(reasons).toEqual(['signed-out', 'signed-out'])
  })
})
