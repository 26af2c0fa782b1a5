import { expect, it } from 'vitest'
import { createRateLimiter } from '../../server-reference/rateLimit.js'

function limiter(maxKeys?: number) {
  let time = 0
  const wait = createRateLimiter({ burst: 60, perSecond: 2 }, () => time, maxKeys)
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

it('lets a burst pass, and then two a second', () => {
  const { passed, pass, wait } = limiter()
  expect(passed(100)).toBe(60)
  expect(wait('a')).toBe(1)
  pass(1_000)
  expect(passed(100)).toBe(2)
  pass(10_000)
  expect(passed(100)).toBe(20)
  expect(passed(100, 'b')).toBe(60)
})

it('forgets nobody who is still in its debt, while it turns its pages', () => {
  const { passed, pass } = limiter()
  for (let i = 0; i < 20; i++) {
    expect(passed(100)).toBeLessThanOrEqual(i === 0 ? 60 : 30)
    pass(15_000)
  }
})

it('keeps no more keys than it may', () => {
  const { passed } = limiter(10)
  for (let i = 0; i < 1_000; i++) expect(passed(1, `key ${i}`)).toBe(1)
})
