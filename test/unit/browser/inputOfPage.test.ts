import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defaultActivityEvents, listenForInput } from '../../../src/browser/ports/input.js'

const rest = 1_000
let wall = 0
/** The moments that came through at once, of the inputs that were seen. */
let told: number[]
let act: () => void
let stop: () => void
let take: () => number | null

beforeEach(() => {
  wall = 1_000_000
  told = []
  vi.spyOn(performance, 'now').mockReturnValue(500)
  const source = listenForInput(
    { wall: () => wall, momentOf: (reading) => reading } as Parameters<typeof listenForInput>[0],
    {
      events: [],
      sources: [
        (recordActivity) => {
          act = recordActivity
          return () => {}
        },
      ],
    },
    { label: '', follow: () => () => {} },
    (at) => {
      told.push(at)
      return rest
    },
  )
  stop = source.stop
  take = source.take
})

afterEach(() => {
  stop()
  vi.restoreAllMocks()
})

test('while the core rests, the newest input is kept until it is taken', () => {
  act()
  wall += rest - 1
  vi.spyOn(performance, 'now').mockReturnValue(1_499)
  act()
  expect(told).toEqual([500])
  expect(take()).toBe(1_499)
  expect(take()).toBeNull()
  wall += 1
  act()
  expect(told).toEqual([500, 1_499])
})

test('the first input after a sleep is looked at, though the monotonic clock stood still', () => {
  act()
  wall += 3_600_000
  act()
  expect(told).toHaveLength(2)
})

test('a clock that was set back ends the rest', () => {
  act()
  wall -= 3_600_000
  act()
  expect(told).toHaveLength(2)
})

test('events made by scripts count as nothing', () => {
  const seen: number[] = []
  const clock = { wall: () => wall, momentOf: (reading: number) => reading }
  const events = [...defaultActivityEvents, 'focus']
  const source = listenForInput(
    clock as Parameters<typeof listenForInput>[0],
    { events },
    { label: '', follow: () => () => {} },
    (at) => {
      seen.push(at)
      return 0
    },
  )
  const field = document.body.appendChild(document.createElement('input'))
  for (const type of events) field.dispatchEvent(new Event(type, { bubbles: true }))
  field.click()
  expect(seen).toEqual([])
  // The only event of its own that jsdom calls trusted.
  field.focus()
  expect(seen).toHaveLength(1)
  source.stop()
  field.remove()
})
