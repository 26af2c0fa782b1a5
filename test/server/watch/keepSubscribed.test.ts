import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  keepSubscribed,
  type SubscriptionListener,
} from '../../../server-reference/stores/keepSubscribed.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A server that each attempt connects to as `open` says; `publish` gives to all who are connected. */
function subscribed(open: (attempt: number) => Promise<void> = async () => {}, passesOn = true) {
  const heard: string[] = []
  const listeners: SubscriptionListener[] = []
  const closed: number[] = []
  const publish = vi.fn(async (text: string) => {
    if (passesOn) for (const { message } of listeners) message(text)
  })
  const stop = keepSubscribed(
    {
      async open(listener) {
        const attempt = listeners.push(listener) - 1
        await open(attempt)
        return () => closed.push(attempt)
      },
      publish,
    },
    {
      ended: (key, reason) => heard.push(`ended ${key} ${reason}`),
      renewed: (key, as) => heard.push(`renewed ${key} ${as}`),
      changed: (key) => heard.push(`changed ${key}`),
      connected: () => heard.push('connected'),
      lost: (error) => heard.push(`lost ${(error as Error).message}`),
    },
  )
  return { heard, listeners, closed, publish, stop }
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('a subscription to the ends', () => {
  test('is believed once a message came through it, and tells what it hears', async () => {
    const { heard, listeners, publish } = subscribed()
    expect(heard).toEqual([])
    await pass(0)
    expect(heard.splice(0)).toEqual(['connected'])
    expect(publish).toHaveBeenCalledOnce()
    for (const text of ['ended a idle', 'renewed a b', 'changed c']) listeners[0]?.message(text)
    expect(heard).toEqual(['ended a idle', 'renewed a b', 'changed c'])
  })

  test('takes no notice of what it does not understand, nor of what others send to try it', async () => {
    const { heard, listeners } = subscribed()
    await pass(0)
    for (const text of [
      '',
      'ended',
      'ended a',
      'renewed',
      'renewed a',
      'changed',
      'probe 1',
      'x y z',
    ])
      listeners[0]?.message(text)
    expect(heard).toEqual(['connected'])
  })

  test('is not believed where messages do not arrive, as behind a pooler', async () => {
    const { heard, closed } = subscribed(undefined, false)
    await pass(1_999)
    expect(heard).toEqual([])
    await pass(1)
    expect(heard).toEqual([expect.stringContaining('lost ')])
    expect(closed).toEqual([0])
  })

  test('is opened again where it is lost, and the old one counts no more', async () => {
    const { heard, listeners, closed } = subscribed()
    await pass(0)
    listeners[0]?.lost(new Error('gone'))
    listeners[0]?.lost(new Error('gone twice'))
    listeners[0]?.message('ended a idle')
    expect(heard.splice(0)).toEqual(['connected', 'lost gone'])
    expect(closed).toEqual([0])
    await pass(100)
    expect(heard).toEqual(['connected'])
    listeners[0]?.message('ended a idle')
    listeners[1]?.message('ended b idle')
    expect(heard).toEqual(['connected', 'ended b idle'])
  })

  test('is tried less and less often, but at least every ten seconds', async () => {
    const { listeners } = subscribed(() => Promise.reject(new Error('refused')))
    const counts: number[] = []
    for (const ms of [1, 99, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]) {
      await pass(ms - 1)
      counts.push(listeners.length)
      await pass(1)
      counts.push(listeners.length)
    }
    expect(counts.slice(2)).toEqual([1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10])
  })

  test('begins with short pauses again after it was there', async () => {
    const { listeners } = subscribed((attempt) =>
      attempt === 3 ? Promise.resolve() : Promise.reject(new Error('refused')),
    )
    await pass(1_000)
    expect(listeners).toHaveLength(4)
    listeners[3]?.lost(new Error('gone'))
    await pass(100)
    expect(listeners).toHaveLength(5)
  })

  test('ends for good where it is told to, also while it is being opened', async () => {
    const there = subscribed()
    await pass(0)
    there.stop()
    expect(there.closed).toEqual([0])
    there.listeners[0]?.lost(new Error('gone'))

    let open = () => {}
    const opening = subscribed(() => new Promise((resolve) => (open = resolve)))
    opening.stop()
    open()
    await pass(0)
    expect(opening.closed).toEqual([0])

    const waiting = subscribed(() => Promise.reject(new Error('refused')))
    await pass(0)
    waiting.stop()
    await pass(60_000)
    expect([there.heard, opening.heard]).toEqual([['connected'], []])
    expect(waiting.listeners).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })
})
