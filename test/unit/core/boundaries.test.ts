import { describe, expect, test } from 'vitest'
import { throttleMs } from '../../../src/core/decide/activity.js'
import { backoff } from '../../../src/core/decide/backoff.js'
import { deadlinesOf } from '../../../src/core/decide/deadlines.js'
import { type Facts, factsOf, isOlder, mergeFacts } from '../../../src/core/decide/facts.js'
import { saveAt } from '../../../src/core/decide/selectors.js'
import { type Event, initialState, type State } from '../../../src/core/decide/state.js'
import { transition } from '../../../src/core/decide/transition.js'
import type { Config } from '../../../src/core/options/config.js'
import { describeChoice, describeValue } from '../../../src/options/describeValue.js'
import type { ActiveVerdict } from '../../../src/protocol/verdict.js'
import { answered, config, stateAfter } from '../../support/simulation/stateAfter.js'

const active = (verdict: Partial<ActiveVerdict> = {}): ActiveVerdict => ({
  state: 'active',
  session: 's',
  subject: 'ada',
  idle: 0,
  ...verdict,
})

const live: [number, Event][] = [
  [0, { type: 'started', remembered: null, initial: null }],
  [10, answered(1, 0, active())],
]
const absolute: [number, Event][] = [
  [0, { type: 'started', remembered: null, initial: null }],
  [10, answered(1, 0, active({ absoluteRemaining: 100_000 }))],
]

/** What one event at this moment does to a state, under other options than usual. */
function happens(state: State, now: number, event: Event, changes: Partial<Config> = {}) {
  return transition(state, event, now, { ...config, ...changes })
}

const facts = (verdict: Partial<ActiveVerdict>, sentAt = 0): Facts =>
  factsOf(active(verdict), sentAt, { policy: config.policy, subject: null })

describe('input', () => {
  const input = (at: number): Event => ({ type: 'input', at })

  test('counts until the deadline, not at it', () => {
    const warned = stateAfter(live)
    expect(happens(warned, 119_999, input(119_999)).state.extending).toMatchObject({ at: 119_999 })
    expect(happens(warned, 119_000, input(120_000)).state.extending).toBeNull()
  })

  test('before the warning is activity, from the warning on it is a wish to stay', () => {
    const state = stateAfter(live)
    expect(happens(state, 59_999, input(59_999)).state).toMatchObject({
      ownActivity: 59_999,
      extending: null,
    })
    expect(happens(state, 60_000, input(60_000)).state).toMatchObject({
      ownActivity: null,
      extending: { at: 60_000, sendAt: 60_200, showAt: 60_500, failed: false },
    })
  })

  test('during the warning is nothing if only the button extends', () => {
    const { state } = happens(stateAfter(live), 60_000, input(60_000), { extendOn: 'button' })
    expect(state).toMatchObject({ ownActivity: null, extending: null })
  })

  test('does not move an absolute end, but counts', () => {
    const state = stateAfter(absolute)
    expect(happens(state, 90_000, input(90_000)).state).toMatchObject({
      ownActivity: 90_000,
      extending: null,
    })
  })

  test('during an extension moves the wish on, never back', () => {
    const extending = happens(stateAfter(live), 60_000, input(60_000)).state
    expect(happens(extending, 60_100, input(60_050)).state.extending?.at).toBe(60_050)
    expect(happens(extending, 60_100, input(59_000)).state.extending?.at).toBe(60_000)
  })

  test('is not held back during a warning, and else for a quarter of the time to it at most', () => {
    const state = stateAfter(live)
    expect(throttleMs(state, true, config)).toBe(0)
    expect(throttleMs(state, false, config)).toBe(1_000)
    const quick = { ...config.policy, warnAfter: 2_000 }
    const off = { ...config.policy, warnAfter: false as const }
    expect(throttleMs(initialState, false, { ...config, policy: quick })).toBe(500)
    expect(throttleMs(initialState, false, { ...config, policy: off })).toBe(1_000)
  })
})

describe('extend()', () => {
  test('before the warning counts as activity, too', () => {
    const { state, effects } = happens(stateAfter(live), 30_000, { type: 'extend' })
    expect(state).toMatchObject({ ownActivity: 30_000, extending: { at: 30_000 } })
    expect(effects).toContainEqual(expect.objectContaining({ type: 'ask', lane: 'user' }))
  })

  test('during the warning waits for the server', () => {
    const { state } = happens(stateAfter(live), 60_000, { type: 'extend' })
    expect(state).toMatchObject({ ownActivity: null, extending: { at: 60_000 } })
  })

  test('fails during the warning before an absolute end', () => {
    const { state } = { state: stateAfter(absolute) }
    const warnAt = deadlinesOf(state.facts, config.policy)?.warnAt ?? 0
    expect(happens(state, warnAt - 1, { type: 'extend' }).state.extending).not.toBeNull()
    const refused = happens(state, warnAt, { type: 'extend' })
    expect(refused.state.extending).toBeNull()
    expect(refused.effects).toContainEqual({ type: 'extension', result: 'failed' })
  })

  test('sends nothing more while a request is under way', () => {
    const { state } = happens(stateAfter(live), 60_000, { type: 'extend' })
    expect(happens(state, 60_001, { type: 'extend' }).effects).toEqual([])
  })

  test('tells that the session is over', () => {
    const over = stateAfter([...live, [20, { type: 'signOut' }]])
    expect(happens(over, 30, { type: 'extend' }).effects).toEqual([
      { type: 'extension', result: 'ended' },
    ])
  })
})

describe('a page that comes back', () => {
  test('from the back/forward cache changes nothing once it is over, or for another person', () => {
    const over = stateAfter([...live, [20, { type: 'signOut' }]])
    expect(happens(over, 30, { type: 'restored' }).state.doubt).toBeNull()
    const other = stateAfter([
      ...live,
      [1_000, { type: 'check' }],
      [1_010, answered(2, 1_000, active({ session: 't', subject: 'bob' }))],
    ])
    expect(other.doubt?.kind).toBe('person')
    expect(happens(other, 2_000, { type: 'restored' }).state.doubt?.kind).toBe('person')
  })

  test('asks if it was hidden, but only once for being shown and focused', () => {
    const shown = happens(stateAfter(live), 30_000, { type: 'revisited' })
    expect(shown.state.wanted).toBe(29_500)
    const answer = answered(shown.state.lastAskId, 30_000, active({ idle: 30_000 }))
    const answeredState = happens(shown.state, 30_010, answer).state
    expect(happens(answeredState, 30_020, { type: 'revisited' }).effects).toEqual([])
    expect(happens(answeredState, 30_500, { type: 'revisited' }).effects).toEqual([])
    expect(happens(answeredState, 30_501, { type: 'revisited' }).effects).toMatchObject([
      { type: 'ask' },
    ])
  })

  test('asks nothing if this browser decides alone', () => {
    const browser = { judge: 'browser' as const, signedIn: { id: 'i', subject: 'ada' } }
    const started = happens(
      initialState,
      0,
      { type: 'started', remembered: null, initial: null },
      browser,
    ).state
    for (const event of [
      { type: 'revisited' },
      { type: 'check' },
      { type: 'otherPerson' },
    ] as const)
      expect(happens(started, 30_000, event, browser).effects).toEqual([])
    expect(started).toMatchObject({ wasActive: true, facts: { session: 'i', subject: 'ada' } })
  })
})

describe('deadlines', () => {
  test('follow from the last activity and the policy', () => {
    expect(deadlinesOf(facts({ idle: 10_000 }), config.policy)).toEqual({
      warnAt: 50_000,
      expiresAt: 110_000,
      endsBy: 'idle',
      lead: 5_000,
      askBeforeWarning: 45_000,
      askBeforeEnd: 105_000,
    })
    expect(deadlinesOf({ ...facts({}), lastActivity: null }, config.policy)).toBeNull()
  })

  test('are those of the absolute end if it comes first, or together', () => {
    const at = (absoluteRemaining: number) =>
      deadlinesOf(facts({ idle: 0, absoluteRemaining }), config.policy)
    expect(at(120_001)?.endsBy).toBe('idle')
    expect(at(120_000)).toMatchObject({ endsBy: 'absolute', expiresAt: 120_000 })
    expect(at(400_000)?.endsBy).toBe('idle')
  })

  test('without an idle limit warn before the absolute end only', () => {
    const off = { warnAfter: false, expireAfter: false } as const
    const policy = { ...config.policy, ...off, warnBeforeAbsolute: 40_000 }
    const known = factsOf(active({ absoluteRemaining: 100_000 }), 0, { policy, subject: null })
    expect(deadlinesOf(known, policy)).toMatchObject({
      warnAt: 60_000,
      expiresAt: 100_000,
      endsBy: 'absolute',
      lead: 5_000,
    })
  })

  test('leave the app ten seconds to save, or half of a shorter warning', () => {
    const at = (warnAt: number, expiresAt: number) =>
      saveAt({ warnAt, expiresAt } as Parameters<typeof saveAt>[0])
    expect(at(0, 60_000)).toBe(50_000)
    expect(at(0, 20_000)).toBe(10_000)
    expect(at(0, 8_000)).toBe(4_000)
  })
})

describe('facts', () => {
  test('merge to the newest activity and the newest answer', () => {
    const ours = facts({ idle: 5_000 }, 10_000)
    const theirs = facts({ idle: 1_000 }, 9_000)
    expect(mergeFacts(ours, theirs)).toMatchObject({
      lastActivity: 8_000,
      confirmed: { sentAt: 10_000 },
    })
    expect(mergeFacts(ours, ours)).toBe(ours)
  })

  test('take the earlier end of two answers to requests of the same moment', () => {
    const early = facts({ idle: 5_000 }, 10_000)
    const late = facts({ idle: 1_000 }, 10_000)
    expect(mergeFacts(late, early).confirmed?.lastActivity).toBe(5_000)
    expect(mergeFacts(early, late).confirmed?.lastActivity).toBe(5_000)
  })

  test('go by the store’s own moments if both are known', () => {
    const first = facts({ at: 1_000 }, 10_000)
    const second = facts({ at: 2_000 }, 9_000)
    expect(mergeFacts(first, second).confirmed?.at).toBe(2_000)
    expect(mergeFacts(second, first).confirmed?.at).toBe(2_000)
  })

  test('are no news if the store judged earlier, or if the same answer comes again later', () => {
    const known = facts({ at: 2_000 }, 10_000)
    expect(isOlder(facts({ at: 1_999 }, 10_000), known)).toBe(true)
    expect(isOlder(facts({ at: 2_001 }, 10_000), known)).toBe(false)
    expect(isOlder(facts({ at: 2_000 }, 11_000), known)).toBe(false)
    expect(isOlder(facts({ at: 2_000 }, 11_001), known)).toBe(true)
    expect(isOlder(facts({ at: 1_000, session: 't' }, 10_000), known)).toBe(false)
    expect(isOlder(facts({ at: 1_000 }, 10_000), null)).toBe(false)
  })
})

describe('a failed request', () => {
  test('is retried with growing pauses, and as late as the server asks', () => {
    const pauses = [1, 2, 3, 4, 5, 20].map((failures) => backoff(failures, 0))
    expect([...pauses].sort((a, b) => a - b)).toEqual(pauses)
    expect(pauses[0]).toBeGreaterThan(0)
    expect(backoff(20, 1)).toBeGreaterThanOrEqual(backoff(20, 0))
    expect(backoff(1, 0, 30_000)).toBeGreaterThanOrEqual(30_000)
  })

  test('counts, keeps its reason, and wakes the tab for the retry', () => {
    const asking = stateAfter([...live, [1_000, { type: 'check' }]])
    const failed = happens(
      asking,
      1_010,
      answered(2, 1_000, { state: 'unknown', retryAfter: 30_000, refused: 'no' }),
    )
    expect(failed.state).toMatchObject({ failures: 1, refused: 'no', waiting: null })
    expect(failed.wakeAt).toBe(failed.state.retryAt)
    expect(failed.state.retryAt).toBeGreaterThanOrEqual(31_010)
    const early = happens(failed.state, (failed.state.retryAt ?? 0) - 1, { type: 'woke' })
    expect(early.effects).toEqual([])
    const due = happens(failed.state, failed.state.retryAt ?? 0, { type: 'woke' })
    expect(due.effects).toMatchObject([{ type: 'ask', lane: 'background', id: 3 }])
  })

  test('times out at its moment', () => {
    const asking = stateAfter([...live, [1_000, { type: 'check' }]])
    expect(happens(asking, 5_999, { type: 'woke' }).effects).toEqual([])
    expect(happens(asking, 6_000, { type: 'woke' }).effects).toContainEqual({
      type: 'abort',
      lane: 'background',
    })
  })

  test('that another tab is making is waited for', () => {
    const asking = stateAfter([...live, [1_000, { type: 'check' }]])
    const deferred = happens(asking, 1_001, { type: 'deferred', id: 2 })
    expect(deferred.state).toMatchObject({
      asks: { background: null },
      waiting: { since: 1_001, until: 1_301 },
    })
    expect(deferred.wakeAt).toBe(1_301)
    expect(happens(asking, 1_001, { type: 'deferred', id: 9 }).state).toBe(asking)
    const again = happens(deferred.state, 1_301, { type: 'woke' })
    expect(again.effects).toMatchObject([{ type: 'ask', throughMutex: true }])
    const late = { ...deferred.state, waiting: { since: -4_000, until: 1_301 } }
    expect(happens(late, 1_301, { type: 'woke' }).effects).toMatchObject([
      { type: 'ask', throughMutex: false },
    ])
  })
})

describe('a hold', () => {
  test('counts as activity just before the server is asked, and once more when it ends', () => {
    const held = happens(stateAfter(live), 20, { type: 'held', until: 200_000 }).state
    expect(happens(held, 54_999, { type: 'woke' }).state.ownActivity).toBeNull()
    const counted = happens(held, 55_000, { type: 'woke' })
    expect(counted.state).toMatchObject({ ownActivity: 55_000, heldUntil: 200_000 })
    const ended = happens(held, 30_000, { type: 'held', until: 30_000 })
    expect(ended.state).toMatchObject({ ownActivity: 30_000, heldUntil: null })
  })
})

describe('the app', () => {
  test('is told to save once per warning, ten seconds before the end', () => {
    const state = stateAfter(live)
    const saves = (now: number, from: State) =>
      happens(from, now, { type: 'woke' }).effects.filter(({ type }) => type === 'save')
    expect(saves(109_999, state)).toEqual([])
    expect(saves(110_000, state)).toHaveLength(1)
    const saved = happens(state, 110_000, { type: 'woke' }).state
    expect(saves(111_000, saved)).toEqual([])
    expect(saved.saved).toBe(true)
  })
})

describe('a value in an error', () => {
  test.each<[unknown, string]>([
    ['', 'an empty string'],
    ['abc', 'a string of 3 characters'],
    [() => {}, 'a function'],
    [[1, 2], 'a list of 2'],
    [null, 'null'],
    [5, '5'],
    [{}, 'an object'],
    [{ a: 1, b: 2 }, 'an object with a, b'],
    [new (class Pool {})(), 'an object (Pool)'],
    [Object.create(null), 'an object'],
    [
      Object.fromEntries([...'abcdefghi'].map((key) => [key, 1])),
      'an object with a, b, c, d, e, f, g, h, …',
    ],
    [
      Object.fromEntries([...'abcdefgh'].map((key) => [key, 1])),
      'an object with a, b, c, d, e, f, g, h',
    ],
  ])('%o is described as %s', (value, text) => {
    expect(describeValue(value)).toBe(text)
  })

  test.each<[unknown, string]>([
    ['activity', '"activity"'],
    ['x'.repeat(60), `"${'x'.repeat(60)}"`],
    ['x'.repeat(61), 'a string of 61 characters'],
    ['ada@example.com', 'a string of 15 characters'],
    [5, '5'],
  ])('a choice, %o, is shown as %s', (value, text) => {
    expect(describeChoice(value)).toBe(text)
  })
})
