import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { createAlarm } from '../../../src/browser/ports/alarm.js'
import type { Alarm } from '../../../src/core/run/environment.js'

/** The clock runs apart from the timers, as it does in sleep. */
let now: number
let rung: number
let alarm: Alarm
let animations: StandIn[]

class StandIn {
  onfinish: (() => void) | null = null
  state = 'new'
  delay: number
  constructor(effect: { delay: number }) {
    this.delay = effect.delay
    animations.push(this)
  }
  play(): void {
    this.state = 'waits'
  }
  cancel(): void {
    this.state = 'gone'
  }
}

beforeEach(() => {
  now = 1_000
  rung = 0
  animations = []
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.stubGlobal('Animation', StandIn)
  vi.stubGlobal(
    'KeyframeEffect',
    class {
      delay: number
      constructor(_target: null, _frames: null, { delay }: { delay: number }) {
        this.delay = delay
      }
    },
  )
  const clock = { now: () => now } as Parameters<typeof createAlarm>[0]
  alarm = createAlarm(clock, () => {
    rung += 1
  })
})

afterEach(() => {
  alarm.set(null)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Messages arrive as tasks. */
async function arrive(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

async function pass(ms: number): Promise<void> {
  now += ms
  vi.advanceTimersByTime(ms)
  await arrive()
}

function hide(hidden: boolean): void {
  const spy = vi.spyOn(Document.prototype, 'hidden', 'get').mockReturnValue(hidden)
  onTestFinished(() => spy.mockRestore())
}

test('rings once, at its moment', async () => {
  alarm.set(1_500)
  await arrive()
  await pass(499)
  expect(rung).toBe(0)
  await pass(1)
  expect(rung).toBe(1)
  await pass(10_000)
  expect(rung).toBe(1)
})

test('one that is due already rings as soon as it can', async () => {
  alarm.set(10)
  await arrive()
  expect(rung).toBe(0)
  await pass(0)
  expect(rung).toBe(1)
})

test('set anew it forgets the moment before; set to none it is silent', async () => {
  alarm.set(1_500)
  await arrive()
  alarm.set(3_000)
  await arrive()
  await pass(600)
  expect(rung).toBe(0)
  alarm.set(null)
  await arrive()
  await pass(10_000)
  expect(rung).toBe(0)
  document.dispatchEvent(new Event('visibilitychange'))
  expect(vi.getTimerCount()).toBe(0)
})

test('a visible page notices within two seconds that the machine slept', async () => {
  hide(false)
  alarm.set(1_000_000)
  await arrive()
  now += 2_000_000
  vi.advanceTimersByTime(1_999)
  expect(rung).toBe(0)
  vi.advanceTimersByTime(1)
  expect(rung).toBe(1)
})

test('a visible page looks again and again, and rings in time', async () => {
  hide(false)
  alarm.set(8_500)
  await arrive()
  for (let look = 0; look < 3; look += 1) await pass(2_000)
  expect(rung).toBe(0)
  await pass(1_499)
  expect(rung).toBe(0)
  await pass(1)
  expect(rung).toBe(1)
})

test('a hidden page does not look before the moment, and does once it is shown', async () => {
  hide(true)
  alarm.set(1_000_000)
  await arrive()
  now += 2_000_000
  vi.advanceTimersByTime(10_000)
  expect(rung).toBe(0)
  hide(false)
  document.dispatchEvent(new Event('visibilitychange'))
  vi.advanceTimersByTime(0)
  expect(rung).toBe(1)
})

test('waits longer than one timer can', async () => {
  hide(true)
  alarm.set(2 ** 31 + 5_000)
  await arrive()
  await pass(2 ** 31 - 1)
  expect(rung).toBe(0)
  await pass(4_001)
  expect(rung).toBe(1)
})

test('rings in the first frame after its moment, before any timer', () => {
  alarm.set(1_500)
  expect(animations.map(({ delay, state }) => [delay, state])).toEqual([[500, 'waits']])
  now += 700
  animations[0]?.onfinish?.()
  expect(rung).toBe(1)
  expect(animations[0]?.state).toBe('gone')
  animations[0]?.onfinish?.()
  expect(rung).toBe(1)
})

test('a frame that comes early only has it look again', async () => {
  alarm.set(1_500)
  await arrive()
  now += 499
  animations[0]?.onfinish?.()
  await arrive()
  expect(rung).toBe(0)
  await pass(1)
  expect(rung).toBe(1)
})

test('set anew it waits for no frame of the moment before', () => {
  alarm.set(1_500)
  alarm.set(null)
  expect(animations[0]).toMatchObject({ state: 'gone', onfinish: null })
})

test('does without animations where there are none', async () => {
  vi.stubGlobal('Animation', undefined)
  alarm.set(1_500)
  await arrive()
  await pass(500)
  expect(rung).toBe(1)
})
