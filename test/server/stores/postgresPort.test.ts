import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openListener } from '../../../server-reference/stores/postgres/openListener.js'
import {
  type PostgresClient,
  type PostgresPool,
  postgresPort,
} from '../../../server-reference/stores/postgres/postgresPort.js'

beforeEach(() => {
  vi.useFakeTimers()
  // A clock that did not begin just now.
  vi.advanceTimersByTime(60_000)
})
afterEach(() => void vi.useRealTimers())

const query = { text: 'SELECT 1', values: [] }
const failure = (code: string) => Object.assign(new Error(`failed with ${code}`), { code })

/** A pool whose queries end when the test says so, and whose failures no real one gives on demand. */
function standIn(rest: Partial<PostgresPool> = {}) {
  const asked: { succeed: () => void; fail: (error: Error) => void }[] = []
  const pool: PostgresPool = {
    query: () =>
      new Promise((resolve, reject) => {
        asked.push({ succeed: () => resolve({ rows: ['a row'] }), fail: reject })
      }),
    connect: async () => {},
    on: vi.fn(),
    listenerCount: () => 0,
    ...rest,
  }
  return { pool, asked }
}

describe('queries to a pool', () => {
  test.each([
    ['ten, as pg has it by itself', undefined, 10],
    ['as many as it has connections', { max: 2 }, 2],
    ['ten where it does not say', {}, 10],
  ])('are under way at once: %s', async (_what, options, most) => {
    const { pool, asked } = standIn({ ...(options && { options }) })
    const { run } = postgresPort(pool, 100)
    const all = Array.from({ length: most + 2 }, () => run(query))
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toHaveLength(most)
    asked[0]?.succeed()
    expect(await all[0]).toEqual(['a row'])
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toHaveLength(most + 1)
    for (let i = 1; i < all.length; i++) {
      await vi.advanceTimersByTimeAsync(0)
      asked[i]?.succeed()
    }
    expect(await Promise.all(all)).toHaveLength(most + 2)
  })

  test('give their place back, whether they succeed or fail', async () => {
    const { pool, asked } = standIn({ options: { max: 1 } })
    const { run } = postgresPort(pool, 1)
    for (let i = 0; i < 6; i += 2) {
      const good = run(query)
      const bad = expect(run(query)).rejects.toThrow('failed with 42P01')
      await vi.advanceTimersByTimeAsync(0)
      asked[i]?.succeed()
      expect(await good).toEqual(['a row'])
      await vi.advanceTimersByTimeAsync(0)
      asked[i + 1]?.fail(failure('42P01'))
      await bad
    }
  })

  test('wait for a second at most, and are not sent then', async () => {
    const { pool, asked } = standIn({ options: { max: 1 } })
    const { run } = postgresPort(pool, 2)
    const first = run(query)
    const inTime = run(query)
    await vi.advanceTimersByTimeAsync(1)
    const late = run(query)
    const refused = expect(late).rejects.toThrow(
      /^No connection to PostgreSQL was free within 1000 ms$/,
    )
    await expect(run(query)).rejects.toThrow(/^More than 2 queries wait for PostgreSQL$/)
    await vi.advanceTimersByTimeAsync(999)
    asked[0]?.succeed()
    await first
    await vi.advanceTimersByTimeAsync(2)
    asked[1]?.succeed()
    expect(await inTime).toEqual(['a row'])
    await refused
    expect(asked).toHaveLength(2)
    void run(query)
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toHaveLength(3)
  })

  test.each(['40001', '40P01'])('are repeated after %s, for a second', async (code) => {
    const { pool, asked } = standIn()
    const { run } = postgresPort(pool, 1)
    const repeated = expect(run(query)).rejects.toThrow(`failed with ${code}`)
    await vi.advanceTimersByTimeAsync(0)
    for (const pass of [0, 1_000, 1]) {
      await vi.advanceTimersByTimeAsync(pass)
      asked.at(-1)?.fail(failure(code))
    }
    await repeated
    expect(asked).toHaveLength(3)
  })

  test('leave a listener of the app’s own alone, and have one where there is none', () => {
    const own = standIn({ listenerCount: (event) => (event === 'error' ? 1 : 0) })
    postgresPort(own.pool, 1)
    expect(own.pool.on).not.toHaveBeenCalled()
    const none = standIn()
    postgresPort(none.pool, 1)
    expect(none.pool.on).toHaveBeenCalledExactlyOnceWith('error', expect.any(Function))
  })
})

describe('a client that a pool lends', () => {
  test('takes a place until it is given back, and is not used again', async () => {
    const client = { release: vi.fn() }
    const { pool, asked } = standIn({ connect: async () => client, options: { max: 2 } })
    const { lend, run, canLend } = postgresPort(pool, 5)
    expect(canLend).toBe(true)
    const lent = await lend()
    expect(lent.client).toBe(client)
    void run(query)
    void run(query)
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toHaveLength(1)
    lent.giveBack()
    expect(client.release).toHaveBeenCalledExactlyOnceWith(true)
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toHaveLength(2)
  })

  test('takes no place where there is none to lend', async () => {
    const connect = () => Promise.reject(new Error('refused'))
    const { pool, asked } = standIn({ connect, options: { max: 1 } })
    const { lend, run, canLend } = postgresPort(pool, 5)
    expect(canLend).toBe(false)
    for (let i = 0; i < 3; i++) await expect(lend()).rejects.toThrow('refused')
    void run(query)
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toHaveLength(1)
  })
})

describe('a client that listens', () => {
  async function opened(rest: object = {}) {
    const query = vi.fn(async () => {})
    const client = Object.assign(new EventEmitter(), { query, release: () => {}, ...rest })
    const giveBack = vi.fn()
    const heard: unknown[] = []
    const lent = { client: client as unknown as PostgresClient, giveBack }
    const close = openListener(async () => lent, 'news', {
      message: (text) => heard.push(text),
      lost: (error) => heard.push(String(error)),
    })
    return { client, giveBack, heard, close: close.catch((error) => String(error)) }
  }

  test('hears what is published, until it is given back', async () => {
    const { client, giveBack, heard, close } = await opened()
    const stop = (await close) as () => void
    expect(client.query).toHaveBeenCalledExactlyOnceWith('LISTEN news')
    client.emit('notification', { payload: 'one' })
    client.emit('notification', {})
    expect(heard.splice(0)).toEqual(['one', ''])
    stop()
    stop()
    expect(giveBack).toHaveBeenCalledOnce()
    client.emit('notification', { payload: 'two' })
    client.emit('error', new Error('gone'))
    client.emit('end')
    expect(heard).toEqual([])
  })

  test('tells why it is lost, as far as that is known', async () => {
    const { client, heard, close } = await opened()
    await close
    client.emit('error', new Error('gone'))
    client.emit('end', 'nothing that matters')
    expect(heard).toEqual(['Error: gone', 'Error: The connection was closed.'])
  })

  test('is given back where it may not listen', async () => {
    const { giveBack, close } = await opened({ query: () => Promise.reject(new Error('denied')) })
    expect(await close).toBe('Error: denied')
    expect(giveBack).toHaveBeenCalledOnce()
  })

  test('notices a server that vanished, and keeps no process up, where its connection can', async () => {
    const setKeepAlive = vi.fn()
    const unref = vi.fn()
    const { close } = await opened({ unref, connection: { stream: { setKeepAlive } } })
    await close
    expect(setKeepAlive).toHaveBeenCalledExactlyOnceWith(true, 5_000)
    expect(unref).toHaveBeenCalledOnce()
    for (const connection of [{}, { stream: {} }])
      expect(await (await opened({ connection })).close).toBeTypeOf('function')
  })
})
