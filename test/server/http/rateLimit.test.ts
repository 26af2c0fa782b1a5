import { expect, test } from 'vitest'
import { createRateLimiter } from '../../../server-reference/http/rateLimit.js'

function limiter(slots?: number) {
  let time = 0
  const wait = createRateLimiter({ burst: 60, perSecond: 2 }, () => time, slots)
  const passed = (count: number, key = 'a') =>
    Array.from({ length: count }, () => wait(key)).filter((seconds) => seconds === 0).length
  return {
    wait,
    passed,
    pass: (ms: number) => {
      time += ms
    },
  }
}

test('lets a burst pass, and then two a second', () => {
  const { passed, pass, wait } = limiter()
  expect(passed(100)).toBe(60)
  expect(wait('a')).toBe(1)
  pass(1_000)
  expect(passed(100)).toBe(2)
  pass(10_000)
  expect(passed(100)).toBe(20)
  expect(passed(100, 'b')).toBe(60)
})

test('keeps limiting a key for as long as it asks too often', () => {
  const { passed, pass } = limiter()
  for (let i = 0; i < 20; i++) {
    expect(passed(100)).toBeLessThanOrEqual(i === 0 ? 60 : 30)
    pass(15_000)
  }
})

test('forgets no bucket that is in debt, however many other keys come', () => {
  const { passed } = limiter()
  expect(passed(100)).toBe(60)
  for (let i = 0; i < 210_000; i++) passed(1, `random ${i}`)
  expect(passed(100)).toBe(0)
})

test('holds nobody up for what a flood of other keys did', () => {
  const { passed, pass } = limiter()
  for (let i = 0; i < 210_000; i++) passed(1, `random ${i}`)
  for (let i = 0; i < 200; i++) expect(passed(40, `person ${i}`)).toBe(40)
  pass(30_000)
  for (let i = 0; i < 200; i++) expect(passed(60, `other ${i}`)).toBe(60)
})

test('is never more generous to keys that share their places', () => {
  const { passed, pass } = limiter(1)
  expect(passed(40, 'a') + passed(40, 'b')).toBe(60)
  pass(1_000)
  expect(passed(5, 'a') + passed(5, 'b')).toBe(2)
})

test('costs the same for the millionth key as for the first', () => {
  const { passed } = limiter()
  const cost = () => {
    const start = performance.now()
    for (let i = 0; i < 50_000; i++) passed(1, `key ${i} of some length, as a hash of an id has`)
    return performance.now() - start
  }
  cost()
  const first = cost()
  for (let i = 0; i < 500_000; i++) passed(1, `random ${i}`)
  expect(Math.min(cost(), cost(), cost())).toBeLessThan(10 * first + 50)
})
