import { expect, test } from 'vitest'
import { type Cadence, isCadence, spokenMoment } from '../../../src/dialog/warning/cadence.js'

/** The moments at which a screen reader is told, of a warning this many seconds long. */
function spoken(cadence: Cadence, seconds: number): number[] {
  const moments = new Set<number>()
  for (let left = seconds; left >= 0; left -= 1) moments.add(spokenMoment(left, cadence))
  return [...moments]
}

test.each([
  ['hmrc', [180, 120, 60, 40, 20, 0]],
  ['every15s', [150, 135, 120, 105, 90, 75, 60, 45, 30, 15, 0]],
  ['every30s', [150, 120, 90, 60, 30, 0]],
] as const)('%s speaks at its moments', (cadence, moments) => {
  expect(spoken(cadence, 150)).toEqual(moments)
})

test('a moment is spoken from its second on, not before', () => {
  expect([121, 120, 61, 60, 41, 40].map((left) => spokenMoment(left, 'hmrc'))).toEqual([
    180, 120, 120, 60, 60, 40,
  ])
})

test('an own cadence decides by itself', () => {
  expect(spokenMoment(7, (left) => (left > 5 ? 10 : 5))).toBe(10)
})

test('tells a cadence from other values', () => {
  for (const good of ['hmrc', 'every15s', 'every30s', () => 0]) expect(isCadence(good)).toBe(true)
  for (const bad of ['often', 'toString', 5, null, undefined, {}])
    expect(isCadence(bad)).toBe(false)
})
