import { expect, test } from 'vitest'
import { steadyClock } from '../../../server-reference/stores/steadyClock.js'

test('goes by the larger of what two clocks say has passed, and never back', () => {
  let [wall, monotonic] = [1_000, 50]
  const now = steadyClock(
    () => wall,
    () => monotonic,
  )
  const after = (wallPassed: number, monotonicPassed: number) => {
    wall += wallPassed
    monotonic += monotonicPassed
    return now()
  }
  expect(after(0, 0)).toBe(1_000)
  expect(after(10, 10)).toBe(1_010)
  // The machine slept.
  expect(after(3_600_000, 5)).toBe(3_601_010)
  // The clock was set back an hour.
  expect(after(-3_600_000, 7)).toBe(3_601_017)
  expect(after(3, 3)).toBe(3_601_020)
})
