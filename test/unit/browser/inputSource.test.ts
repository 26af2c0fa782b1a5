import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defaultActivityEvents, listenForInput } from '../../../src/browser/ports/input.js'

let told: number[]
let stop: () => void
let listeners: Map<string, EventListener>

beforeEach(() => {
  told = []
  listeners = new Map()
  // A test can't make trusted events: it calls the listener itself.
  vi.spyOn(window, 'addEventListener').mockImplementation((type, listener) => {
    listeners.set(type, listener as EventListener)
  })
  vi.spyOn(window, 'removeEventListener').mockImplementation((type) => {
    listeners.delete(type)
  })
  const clock = { wall: () => Date.now(), momentOf: (reading: number) => reading }
  const source = listenForInput(
    clock as Parameters<typeof listenForInput>[0],
    {},
    { label: '', follow: () => () => {} },
    (at) => {
      told.push(at)
      return 0
    },
  )
  stop = source.stop
})

afterEach(() => vi.restoreAllMocks())

const input = (type: string, timeStamp: number, more = {}) =>
  listeners.get(type)?.({ type, timeStamp, isTrusted: true, ...more } as Event)
const move = (screenX: number, screenY: number, timeStamp: number, movement = 0) =>
  input('mousemove', timeStamp, { screenX, screenY, movementX: movement, movementY: 0 })

test('listens to all kinds of input, and to none once it is stopped', () => {
  expect([...listeners.keys()]).toEqual([...defaultActivityEvents])
  stop()
  expect(listeners.size).toBe(0)
})

test('counts what a person did, and not what a script made', () => {
  input('keydown', 10, { isTrusted: false })
  input('keydown', 20)
  expect(told).toEqual([20])
})

test('scrolling counts for five seconds after other input, and does not prolong itself', () => {
  input('scroll', 10)
  input('wheel', 1_000)
  input('scroll', 6_000)
  input('scroll', 6_001)
  expect(told).toEqual([1_000, 6_000])
})

test('the first move of a mouse counts once the page has loaded, or if it moved', () => {
  move(100, 100, 900)
  expect(told).toEqual([])
  stop()
})

test('a first move that says that it moved counts at any time', () => {
  move(100, 100, 900, 1)
  expect(told).toEqual([900])
})

test('a first move that moved up or down counts as well', () => {
  input('mousemove', 900, { screenX: 1, screenY: 1, movementX: 0, movementY: -1 })
  expect(told).toEqual([900])
})

test('a first move after the first second counts', () => {
  move(100, 100, 1_001)
  expect(told).toEqual([1_001])
})

test('moves count from four pixels on, from where the mouse last counted', () => {
  move(100, 100, 2_000)
  move(103, 100, 2_001)
  move(100, 103, 2_002)
  move(104, 100, 2_003)
  move(107, 100, 2_004)
  move(104, 104, 2_005)
  expect(told).toEqual([2_000, 2_003, 2_005])
})
