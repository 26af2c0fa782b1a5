import { expect, test } from 'vitest'
import { deadlinesOf } from '../../../src/core/decide/deadlines.js'
import { factsOf } from '../../../src/core/decide/facts.js'
import { defaultPolicy } from '../../../src/protocol/policy.js'

const policy = { ...defaultPolicy, warnAfter: 60_000, expireAfter: 120_000 }
const defaults = { policy, subject: null }

test('activity is computed from the time left if the answer gives only that', () => {
  const facts = factsOf({ state: 'active', remaining: 70_000 }, 1_000, defaults)
  expect(facts.lastActivity).toBe(1_000 - 50_000)
  expect(deadlinesOf(facts, policy)).toMatchObject({ warnAt: 11_000, expiresAt: 71_000 })
})

test('an answer with neither time left nor idle time leaves no time', () => {
  const facts = factsOf({ state: 'active' }, 1_000, defaults)
  expect(deadlinesOf(facts, policy)?.expiresAt).toBe(1_000)
})

test('more time left than the policy gives counts as no idle time', () => {
  const facts = factsOf({ state: 'active', remaining: 500_000 }, 1_000, defaults)
  expect(facts.lastActivity).toBe(1_000)
})

test.each([
  ['5 s', { warnAfter: 60_000, expireAfter: 120_000 }, 5_000],
  ['a quarter of the time until the warning', { warnAfter: 8_000, expireAfter: 120_000 }, 2_000],
  ['a quarter of the warning', { warnAfter: 60_000, expireAfter: 64_000 }, 1_000],
])('the server is asked %s before a deadline, if that is the shortest lead', (_, limits, lead) => {
  const facts = factsOf({ state: 'active', idle: 0 }, 0, {
    policy: { ...policy, ...limits },
    subject: null,
  })
  expect(deadlinesOf(facts, policy)).toMatchObject({
    lead,
    askBeforeWarning: limits.warnAfter - lead,
    askBeforeEnd: limits.expireAfter - lead,
  })
})
