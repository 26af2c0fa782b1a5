import { expect, it } from 'vitest'
import { mergeRule } from '../../../src/protocol/mergeRule.js'

const limits = { expireAfter: 1_000, absolute: 5_000 }
const times = { created: 10_000, last: 10_500, limits }

it.each([
  ['counts nothing where nothing is reported', 11_000, null, 10_500],
  ['takes the newest activity', 11_000, 100, 10_900],
  ['keeps what is newer than the report', 11_000, 900, 10_500],
  ['takes a report from before the start for the start', 11_000, 5_000, 10_500],
  ['takes a report from the future for now', 11_000, -500, 11_000],
])('%s', (_what, now, idleFor, last) => {
  expect(mergeRule(times, now, limits, idleFor)).toEqual({ ended: null, times: { ...times, last } })
})

it('judges by the stored limits first: nothing revives what is over', () => {
  const longer = { expireAfter: 90_000, absolute: 90_000 }
  expect(mergeRule(times, 11_499, longer, 0)).toMatchObject({
    ended: null,
    times: { limits: longer },
  })
  expect(mergeRule(times, 11_500, longer, 0)).toEqual({ ended: 'idle' })
  const busy = { ...times, last: 14_900 }
  expect(mergeRule(busy, 14_999, longer, 0)).toMatchObject({ ended: null })
  expect(mergeRule(busy, 15_000, longer, 0)).toEqual({ ended: 'absolute' })
})

it('then judges by the new ones, with the report', () => {
  expect(mergeRule(times, 11_000, { expireAfter: 500, absolute: null }, null)).toEqual({
    ended: 'idle',
  })
  expect(mergeRule(times, 11_000, { expireAfter: 500, absolute: null }, 499)).toMatchObject({
    ended: null,
  })
  expect(mergeRule(times, 11_000, { expireAfter: null, absolute: 1_000 }, 0)).toEqual({
    ended: 'absolute',
  })
})

it('takes a stored time in the future for no idleness', () => {
  const ahead = { created: 10_000, last: 99_000, limits: { expireAfter: 1_000, absolute: null } }
  expect(mergeRule(ahead, 10_000, ahead.limits, null)).toEqual({ ended: null, times: ahead })
})
