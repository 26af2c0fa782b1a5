import { expect, test } from 'vitest'
import { mergeRule } from '../../../src/protocol/mergeRule.js'

const limits = { expireAfter: 1_000, absolute: 5_000 }
const times = { created: 10_000, last: 10_500, limits }

test.each([
  ['changes no activity without a report', 11_000, null, 10_500],
  ['uses the activity in a newer report', 11_000, 100, 10_900],
  ['keeps activity that is newer than the report', 11_000, 900, 10_500],
  ['keeps its activity if a report is older than the session', 11_000, 5_000, 10_500],
  ['counts a report from the future as now', 11_000, -500, 11_000],
])('%s', (_what, now, idleFor, last) => {
  expect(mergeRule(times, now, limits, idleFor)).toEqual({ ended: null, times: { ...times, last } })
})

test('checks the stored limits first, so that nothing revives a session that is over', () => {
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

test('then applies the report and checks the new limits', () => {
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

test('counts stored activity in the future as no idle time', () => {
  const ahead = { created: 10_000, last: 99_000, limits: { expireAfter: 1_000, absolute: null } }
  expect(mergeRule(ahead, 10_000, ahead.limits, null)).toEqual({ ended: null, times: ahead })
})
