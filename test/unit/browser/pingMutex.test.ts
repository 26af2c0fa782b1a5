import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createPingMutex } from '../../../src/browser/ports/mutex.js'
import type { Mutex } from '../../../src/core/run/environment.js'

/** How long messages are on their way, in ms. */
let transit = 0

/** Each tab has a mutex of its own. */
const tabs = new Set<{ name: string; onmessage: ((event: { data: unknown }) => void) | null }>()

class Messages {
  onmessage: ((event: { data: unknown }) => void) | null = null
  constructor(readonly name: string) {
    tabs.add(this)
  }
  postMessage(data: unknown): void {
    if (!tabs.has(this)) throw new Error('closed')
    const deliver = () => {
      for (const tab of tabs) if (tab !== this && tab.name === this.name) tab.onmessage?.({ data })
    }
    if (transit > 0) setTimeout(deliver, transit)
    else deliver()
  }
  close(): void {
    tabs.delete(this)
  }
}

let chances: number[]

beforeEach(() => {
  chances = []
  transit = 0
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockImplementation(() => chances.shift() ?? 0.5)
  vi.stubGlobal('BroadcastChannel', Messages)
})

afterEach(() => {
  tabs.clear()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('without Web Locks', () => {
  beforeEach(() => vi.stubGlobal('navigator', {}))

  test('a tab alone runs, after a wait and a moment to hear of others', async () => {
    chances = [0.5, 0.5]
    const task = vi.fn(async () => {})
    const ran = createPingMutex('one').tryRun(task)
    await vi.advanceTimersByTimeAsync(75 + 29)
    expect(task).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(task).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(50)
    expect(await ran).toBe(true)
  })

  test('of two, the one that was quicker runs', async () => {
    chances = [0.9, 0.1]
    const [slow, quick] = await both(createPingMutex('one'), createPingMutex('one'))
    expect([slow, quick]).toEqual([false, true])
  })

  test('of two that claim at once, the lower claim runs', async () => {
    transit = 5
    chances = [0.5, 0.5, 0.7, 0.3]
    const [higher, lower] = await both(createPingMutex('one'), createPingMutex('one'))
    expect([higher, lower]).toEqual([false, true])
    chances = [0.5, 0.5, 0.3, 0.7]
    expect(await both(createPingMutex('two'), createPingMutex('two'))).toEqual([true, false])
  })

  test('another name is no rival', async () => {
    expect(await both(createPingMutex('one'), createPingMutex('two'))).toEqual([true, true])
  })

  test('while another runs it is refused at once, and not once that is done', async () => {
    const [first, second] = [createPingMutex('one'), createPingMutex('one')]
    let finish = () => {}
    const long = first.tryRun(
      () =>
        new Promise((resolve) => {
          finish = resolve
        }),
    )
    await vi.advanceTimersByTimeAsync(200)
    expect(await second.tryRun(async () => {})).toBe(false)
    finish()
    await vi.advanceTimersByTimeAsync(49)
    expect(await second.tryRun(async () => {})).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await long).toBe(true)
    const again = second.tryRun(async () => {})
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await again).toBe(true)
  })

  test('one that has gone silent is waited for ten seconds and no longer', async () => {
    const [first, second] = [createPingMutex('one'), createPingMutex('one')]
    void first.tryRun(() => new Promise(() => {}))
    await vi.advanceTimersByTimeAsync(75)
    await vi.advanceTimersByTimeAsync(9_999)
    expect(await second.tryRun(async () => {})).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    const ran = second.tryRun(async () => {})
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await ran).toBe(true)
  })

  test('a tab that runs is not outdone by a later claim, nor by what is no claim', async () => {
    const first = createPingMutex('one')
    chances = [0, 0.2]
    const ran = first.tryRun(async () => {})
    await vi.advanceTimersByTimeAsync(10)
    for (const tab of tabs) {
      tab.onmessage?.({ data: 0.9 })
      tab.onmessage?.({ data: 'nonsense' })
    }
    await vi.advanceTimersByTimeAsync(200)
    expect(await ran).toBe(true)
  })

  test('one that is closed meanwhile runs all the same, and throws nothing', async () => {
    const mutex = createPingMutex('one')
    const ran = mutex.tryRun(async () => {})
    mutex.close()
    expect(tabs.size).toBe(0)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await ran).toBe(true)
  })
})

describe('with Web Locks', () => {
  let held: Set<string>
  beforeEach(() => {
    held = new Set()
    const request = async (
      name: string,
      options: { ifAvailable: boolean },
      use: (lock: object | null) => Promise<boolean>,
    ) => {
      expect(options).toEqual({ ifAvailable: true })
      if (held.has(name)) return use(null)
      held.add(name)
      try {
        return await use({})
      } finally {
        held.delete(name)
      }
    }
    vi.stubGlobal('navigator', { locks: { request } })
  })

  test('runs at once, and keeps the lock a moment longer', async () => {
    const task = vi.fn(async () => {})
    const mutex = createPingMutex('one')
    const ran = mutex.tryRun(task)
    await vi.advanceTimersByTimeAsync(0)
    expect(task).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(49)
    expect(held.has('one')).toBe(true)
    await vi.advanceTimersByTimeAsync(1)
    expect(await ran).toBe(true)
    expect(held.has('one')).toBe(false)
    mutex.close()
  })

  test('is refused while another tab holds it, without running', async () => {
    held.add('one')
    const task = vi.fn(async () => {})
    expect(await createPingMutex('one').tryRun(task)).toBe(false)
    expect(task).not.toHaveBeenCalled()
  })

  test('waits for its own last turn to be over', async () => {
    const mutex = createPingMutex('one')
    const first = mutex.tryRun(async () => {})
    await vi.advanceTimersByTimeAsync(1)
    const second = mutex.tryRun(async () => {})
    await vi.advanceTimersByTimeAsync(200)
    expect([await first, await second]).toEqual([true, true])
  })

  test('does not wait for an own turn that hangs', async () => {
    const mutex = createPingMutex('one')
    void mutex.tryRun(() => new Promise(() => {}))
    await vi.advanceTimersByTimeAsync(1)
    const second = mutex.tryRun(async () => {})
    const settled = vi.fn()
    void second.then(settled)
    await vi.advanceTimersByTimeAsync(99)
    expect(settled).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(await second).toBe(false)
  })

  test('a turn that failed stands in no later one’s way', async () => {
    const mutex = createPingMutex('one')
    const failing = mutex.tryRun(async () => {
      throw new Error('failed')
    })
    await expect(failing).rejects.toThrow('failed')
    const next = mutex.tryRun(async () => {})
    await vi.advanceTimersByTimeAsync(50)
    expect(await next).toBe(true)
  })
})

async function both(first: Mutex, second: Mutex): Promise<boolean[]> {
  const ran = Promise.all([first, second].map((mutex) => mutex.tryRun(async () => {})))
  await vi.advanceTimersByTimeAsync(1_000)
  return ran
}
