import { afterEach, describe, expect, test, vi } from 'vitest'
import { isUnavailable, withinLimit } from '../../server-reference/async/withinLimit.js'
import { createRateLimiter } from '../../server-reference/http/rateLimit.js'
import { checkPolicy } from '../../server-reference/options/checkPolicy.js'
import { type Policy, toChecked } from '../../server-reference/options/policy.js'
import { presets } from '../../server-reference/options/presets.js'
import { remember } from '../../server-reference/session/remember.js'
import { shardedMap } from '../../server-reference/stores/memory/shardedMap.js'
import { collectMistakes } from '../../src/options/optionMistakes.js'
import { mistakesOf } from '../support/servers/mistakesOf.js'

afterEach(() => void vi.useRealTimers())

function mistakes(policy: unknown): string[] {
  return mistakesOf(() => {
    const found = collectMistakes()
    checkPolicy(policy, false, found)
    found.check()
  })
}

describe('a policy', () => {
  const good = { warnAfter: 780_000, expireAfter: 900_000, absoluteTimeout: 28_800_000 }

  test('is checked by what it says', () => {
    expect(mistakes(good)).toEqual([])
    expect(mistakes({ ...good, absoluteTimeout: null })).toEqual([])
    expect(mistakes({ absoluteTimeout: 28_800_000 })).toEqual([])
    expect(mistakes({ absoluteTimeout: 28_800_000, warnAfter: null, expireAfter: false })).toEqual(
      [],
    )
    expect(mistakes({ ...good, warnBeforeAbsolute: 28_799_999 })).toEqual([])
  })

  test.each([
    [null, ['policy: must be an object or a function; received null']],
    [5, ['policy: must be an object or a function; received 5']],
    [
      { ...good, warnBeforeAbsolute: 28_800_000 },
      [
        'policy.warnBeforeAbsolute: must be less than `absoluteTimeout` (28800000); received 28800000',
      ],
    ],
    [
      { ...good, warnAfter: 900_000 },
      ['policy.warnAfter: must be less than `expireAfter` (900000); received 900000'],
    ],
    [
      { ...good, warnBeforeAbsolute: -1 },
      [
        'policy.warnBeforeAbsolute: must be a time in whole milliseconds, more than 0, or null for none; received -1',
      ],
    ],
    [
      { ...good, absoluteTimeout: 0 },
      [
        'policy.absoluteTimeout: must be a time in whole milliseconds, more than 0, or null for none; received 0',
      ],
    ],
    [
      { ...good, absoluteTimeout: false, warnBeforeAbsolute: 60_000 },
      ['policy.warnBeforeAbsolute: needs an `absoluteTimeout`; received 60000'],
    ],
  ])('%j is refused for exactly what is wrong', (policy, found) => {
    expect(mistakes(policy)).toEqual(found)
  })

  test.each<[Policy, object]>([
    [
      good,
      {
        limits: { expireAfter: 900_000, absolute: 28_800_000 },
        wire: { warnAfterMs: 780_000, expireAfterMs: 900_000, warnBeforeAbsoluteMs: 300_000 },
      },
    ],
    [
      { ...good, absoluteTimeout: false },
      {
        limits: { expireAfter: 900_000, absolute: null },
        wire: { warnAfterMs: 780_000, expireAfterMs: 900_000, warnBeforeAbsoluteMs: null },
      },
    ],
    [
      { absoluteTimeout: 400_001 },
      {
        limits: { expireAfter: null, absolute: 400_001 },
        wire: { warnAfterMs: null, expireAfterMs: null, warnBeforeAbsoluteMs: 200_000 },
      },
    ],
    [
      { absoluteTimeout: 1 },
      {
        limits: { expireAfter: null, absolute: 1 },
        wire: { warnAfterMs: null, expireAfterMs: null, warnBeforeAbsoluteMs: 1 },
      },
    ],
    [
      { ...good, warnBeforeAbsolute: 60_000 },
      {
        limits: { expireAfter: 900_000, absolute: 28_800_000 },
        wire: { warnAfterMs: 780_000, expireAfterMs: 900_000, warnBeforeAbsoluteMs: 60_000 },
      },
    ],
  ])('%j becomes limits for the store and for the page', (policy, checked) => {
    expect(toChecked(policy)).toEqual(checked)
  })
})

test.each(Object.entries(presets))(
  'the preset %s is a sound policy that warns for two minutes',
  (_name, preset) => {
    expect(mistakes(preset)).toEqual([])
    expect(preset.expireAfter - preset.warnAfter).toBeGreaterThanOrEqual(120_000)
  },
)

test('the presets hold the limits of their standards', () => {
  const minute = 60_000
  expect(presets['nist-aal2']).toMatchObject({
    expireAfter: 60 * minute,
    absoluteTimeout: 1_440 * minute,
  })
  expect(presets['nist-aal3']).toMatchObject({
    expireAfter: 15 * minute,
    absoluteTimeout: 720 * minute,
  })
  expect(presets.pci).toMatchObject({ expireAfter: 15 * minute, absoluteTimeout: null })
  expect(presets['owasp-high']).toMatchObject({
    expireAfter: 5 * minute,
    absoluteTimeout: 240 * minute,
  })
})

describe('a rate limit', () => {
  test('says how long to wait, in whole seconds, and that waiting helps', () => {
    let time = 0
    const wait = createRateLimiter({ burst: 2, perSecond: 0.5 }, () => time)
    expect([wait('a'), wait('a'), wait('a')]).toEqual([0, 0, 2])
    time = 500
    expect(wait('a')).toBe(2)
    time = 1_000
    expect(wait('a')).toBe(1)
    time = 2_000
    expect([wait('a'), wait('a')]).toEqual([0, 2])
  })
})

describe('a time limit on what others answer', () => {
  test('gives what comes at once, as it is', () => {
    expect(withinLimit(1_000, () => 5)).toBe(5)
    const error = new Error('broken')
    const given = withinLimit(1_000, () => {
      throw error
    })
    expect(given).toEqual({ unavailable: error })
    expect([isUnavailable(given), isUnavailable(5), isUnavailable(null)]).toEqual([
      true,
      false,
      false,
    ])
    expect(isUnavailable({ available: 1 })).toBe(false)
  })

  test('gives up on what comes too late, and leaves no timer behind', async () => {
    vi.useFakeTimers()
    const late = withinLimit(1_000, () => new Promise<number>(() => {}))
    const inTime = withinLimit(1_000, () => Promise.resolve(5))
    const failed = withinLimit(1_000, () => Promise.reject(new Error('broken')))
    expect(await inTime).toBe(5)
    expect(await failed).toMatchObject({ unavailable: { message: 'broken' } })
    expect(vi.getTimerCount()).toBe(1)
    await vi.advanceTimersByTimeAsync(999)
    expect(vi.getTimerCount()).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(await late).toMatchObject({ unavailable: { message: 'No answer within 1000 ms' } })
  })
})

describe('a map of many small ones', () => {
  test('keeps what it is given, and counts it', () => {
    const map = shardedMap<number>()
    const keys = Array.from({ length: 20_000 }, (_, index) => `key ${index}`)
    for (const [index, key] of keys.entries()) map.set(key, index)
    map.set('key 5', -5)
    expect(map.size).toBe(20_000)
    expect([map.get('key 5'), map.get('key 6'), map.get('other')]).toEqual([-5, 6, undefined])
    map.delete('key 6')
    map.delete('key 6')
    map.delete('other')
    expect([map.size, map.get('key 6')]).toEqual([19_999, undefined])
  })

  test('spreads them evenly, and gives them back shard by shard', () => {
    const map = shardedMap<number>()
    for (let i = 0; i < 20_480; i++) map.set(`key ${i}`, i)
    const sizes = Array.from({ length: map.shards }, (_, index) => [...map.shard(index)].length)
    expect(sizes.reduce((sum, size) => sum + size)).toBe(20_480)
    expect(Math.max(...sizes)).toBeLessThan(40)
    for (let i = 0; i < 20_480; i++) map.delete(`key ${i}`)
    expect(map.size).toBe(0)
    expect([...map.shard(7)]).toEqual([])
  })

  test('takes keys of any length', () => {
    const map = shardedMap<number>()
    const long = 'x'.repeat(40)
    map.set('', 1)
    map.set(`${long}a`, 2)
    map.set(`${long}b`, 3)
    expect([map.get(''), map.get(`${long}a`), map.get(`${long}b`)]).toEqual([1, 2, 3])
  })
})

test('what a pure function said is remembered for the most recent arguments, and not for all', () => {
  const compute = vi.fn((argument: string) => `${argument}!`)
  const remembered = remember(compute, 2)
  expect(['a', 'a', 'b', 'a'].map(remembered)).toEqual(['a!', 'a!', 'b!', 'a!'])
  expect(compute.mock.calls).toEqual([['a'], ['b']])
  // "a" moves on with its use, "b" is still among the older ones.
  expect(['c', 'a', 'b'].map(remembered)).toEqual(['c!', 'a!', 'b!'])
  expect(compute).toHaveBeenCalledTimes(3)
  for (const argument of ['d', 'e', 'f', 'g']) remembered(argument)
  remembered('a')
  expect(compute.mock.calls.flat()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'a'])
})
