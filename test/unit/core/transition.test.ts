import { describe, expect, test } from 'vitest'
import type { Facts } from '../../../src/core/decide/facts.js'
import { type Event, initialState, type State } from '../../../src/core/decide/state.js'
import { transition } from '../../../src/core/decide/transition.js'
import { disabledView, nextSecondAt, secondsLeftOf, viewOf } from '../../../src/core/decide/view.js'
import type { ActiveVerdict } from '../../../src/protocol/verdict.js'
import { answered, config, stateAfter } from '../../support/simulation/stateAfter.js'

const start: Event = { type: 'started', remembered: null, initial: null }
const unknown = { state: 'unknown' } as const

const active = (verdict: Partial<ActiveVerdict> = {}): ActiveVerdict => ({
  state: 'active',
  session: 's',
  subject: 'ada',
  idle: 0,
  ...verdict,
})

/** A tab with a live session since moment 0; its user was idle for as long as given. */
const live = (idle = 0): [number, Event][] => [
  [0, start],
  [10, answered(1, 0, active({ idle }))],
]

/** What the last of these events does. */
function lastOf(events: readonly [number, Event][]) {
  const before = stateAfter(events.slice(0, -1))
  const [now, event] = events.at(-1) ?? [0, start]
  return { before, ...transition(before, event, now, config) }
}

const effectsOf = (events: readonly [number, Event][]) => lastOf(events).effects

describe('before it starts', () => {
  test.each<Event>([{ type: 'check' }, { type: 'input', at: 0 }, { type: 'signOut' }])(
    'a session ignores %o',
    (event) => {
      expect(lastOf([[0, event]])).toMatchObject({ state: initialState, effects: [], wakeAt: null })
    },
  )

  test('a session fails to extend', () => {
    expect(effectsOf([[0, { type: 'extend' }]])).toEqual([{ type: 'extension', result: 'failed' }])
  })
})

describe('a page with stored facts', () => {
  const remembered = (idle: number): Facts => stateAfter(live(idle)).facts

  test('starts covered if their deadline has passed', () => {
    const facts = remembered(0)
    const at = (now: number) =>
      stateAfter([[now, { type: 'started', remembered: facts, initial: null }]]).doubt?.covered
    expect(at(119_999)).toBe(false)
    expect(at(120_000)).toBe(true)
  })

  test('is covered at their deadline while it waits for its first answer', () => {
    const begun: [number, Event][] = [
      [116_000, { type: 'started', remembered: remembered(0), initial: null }],
    ]
    expect(lastOf(begun).wakeAt).toBe(120_000)
    expect(stateAfter([...begun, [120_000, { type: 'woke' }]]).doubt?.covered).toBe(true)
  })

  test('asks for no cover without them', () => {
    expect(lastOf([[0, start]]).wakeAt).toBe(5_000)
    expect(stateAfter([[0, start]]).doubt).toMatchObject({ kind: 'start', covered: false })
  })
})

describe('a page from the back/forward cache', () => {
  test('is over as unreachable if the server fails twice past the deadline', () => {
    const events: [number, Event][] = [
      ...live(),
      [130_000, { type: 'restored' }],
      [130_010, answered(2, 130_000, unknown)],
    ]
    expect(stateAfter(events).facts.ended).toBeNull()
    const retried = stateAfter([...events, [135_000, { type: 'woke' }]])
    const id = retried.lastAskId
    const over = stateAfter([
      ...events,
      [135_000, { type: 'woke' }],
      [135_010, answered(id, 135_000, unknown)],
    ])
    expect(over.facts.ended).toMatchObject({ reason: 'unreachable', verdict: false })
  })

  test('stays covered before the deadline', () => {
    const events: [number, Event][] = [
      ...live(),
      [30_000, { type: 'restored' }],
      [30_010, answered(2, 30_000, unknown)],
      [36_000, { type: 'woke' }],
      [36_010, answered(3, 36_000, unknown)],
    ]
    expect(stateAfter(events)).toMatchObject({ facts: { ended: null }, doubt: { covered: true } })
  })
})

describe('an answer', () => {
  test('that repeats what is known ends a series of failures', () => {
    const failing: [number, Event][] = [
      ...live(),
      [1_000, { type: 'check' }],
      [1_010, answered(2, 1_000, unknown)],
    ]
    expect(stateAfter(failing).failures).toBe(1)
    const { state } = lastOf([...failing, [1_020, answered(1, 0, active())]])
    // A late answer to the first request brings no news, but one to a later request does.
    expect(state.failures).toBe(1)
    const retry = stateAfter([...failing, [3_000, { type: 'woke' }]])
    const answer = answered(retry.lastAskId, 3_000, active({ idle: 3_000 }))
    expect(transition(retry, answer, 3_010, config).state.failures).toBe(0)
  })

  test('without news leaves the state as it is', () => {
    const { before, state } = lastOf([...live(), [20, { type: 'woke' }]])
    expect(state).toBe(before)
  })

  test('to a request that reported nothing leaves the reports as they are', () => {
    expect(stateAfter([...live(), [20, { type: 'input', at: 20 }]]).reportedUpTo).toBe(-Infinity)
  })

  test('to an older report does not take back a newer one', () => {
    const reported: State = { ...stateAfter(live()), reportedUpTo: 500, reportedAt: 600 }
    const asking: State = {
      ...reported,
      wanted: 1_000,
      lastAskId: 7,
      asks: { background: { id: 7, upTo: 400, timeoutAt: 9_000 }, user: null },
    }
    const { state } = transition(asking, answered(7, 1_000, active()), 1_010, config)
    expect(state).toMatchObject({ reportedUpTo: 500, reportedAt: 600 })
  })

  test('of another session that is over covers the page and asks again', () => {
    const { state, effects } = lastOf([
      ...live(),
      [1_000, { type: 'check' }],
      [1_010, answered(2, 1_000, { state: 'ended', reason: 'idle', session: 'other' })],
    ])
    expect(state).toMatchObject({ askedTwice: true, doubt: { kind: 'deadline', covered: true } })
    expect(effects).toMatchObject([{ type: 'ask', lane: 'background' }])
  })

  test('of an end without a handle ends the session', () => {
    const { state } = lastOf([
      ...live(),
      [1_000, { type: 'check' }],
      [1_010, answered(2, 1_000, { state: 'ended', reason: 'idle' })],
    ])
    expect(state.facts.ended).toMatchObject({ reason: 'idle', verdict: true })
  })

  test('that does not know its moment is never older than another', () => {
    const known = stateAfter([
      [0, start],
      [10, answered(1, 0, active({ at: 5_000 }))],
      [1_000, { type: 'check' }],
    ])
    const { state } = transition(known, answered(2, 1_000, active({ idle: 1 })), 1_010, config)
    expect(state.facts.confirmed).toMatchObject({ sentAt: 1_000, at: null })
  })
})

describe('an extension', () => {
  const warned = live(70_000)

  test('waits for its own answer if another one does not grant it', () => {
    const extending: [number, Event][] = [
      ...warned,
      [1_000, { type: 'check' }],
      [1_001, { type: 'extend' }],
    ]
    const { state } = lastOf([...extending, [1_010, answered(2, 1_000, active({ idle: 71_000 }))]])
    expect(state.extending).not.toBeNull()
    expect(state.asks.user).not.toBeNull()
  })

  test('ends early if another tab has extended', () => {
    const others = stateAfter(live()).facts
    const { state, effects } = lastOf([
      ...warned,
      [1_001, { type: 'extend' }],
      [1_005, { type: 'message', facts: { ...others, lastActivity: 1_002 } }],
    ])
    // The user's request is still under way, and its answer will do.
    expect(state.extending).not.toBeNull()
    expect(effects).toEqual([])
  })
})

describe('activity', () => {
  test('is shared half a lead before the other tabs would warn', () => {
    // The others know of activity at 0, and would warn at 60,000; the lead is 5,000.
    const state: State = {
      ...stateAfter(live()),
      ownActivity: 50_000,
      sharedUpTo: 0,
      sharedAt: 57_000,
      facts: { ...stateAfter(live()).facts, lastActivity: 50_000 },
    }
    const at = (now: number) =>
      transition(state, { type: 'woke' }, now, config).effects.filter(
        ({ type }) => type === 'share',
      )
    expect(at(57_499)).toEqual([])
    expect(at(57_500)).toEqual([{ type: 'share' }])
  })

  test('that is new is shared at once, and then no more than once per lead', () => {
    const first = lastOf([...live(), [1_000, { type: 'input', at: 1_000 }]])
    expect(first.effects).toEqual([])
    const later = lastOf([...live(), [6_000, { type: 'input', at: 6_000 }]])
    expect(later.effects).toContainEqual({ type: 'share' })
  })
})

describe('a sign-out', () => {
  test('aborts the requests under way and forgets them', () => {
    const { state, effects } = lastOf([
      ...live(70_000),
      [1_000, { type: 'check' }],
      [1_001, { type: 'extend' }],
      [1_002, { type: 'signOut' }],
    ])
    expect(effects.filter(({ type }) => type === 'abort')).toEqual([
      { type: 'abort', lane: 'background' },
      { type: 'abort', lane: 'user' },
    ])
    expect(state.asks).toEqual({ background: null, user: null })
  })

  test('aborts nothing if nothing is under way', () => {
    expect(
      effectsOf([...live(), [1_000, { type: 'signOut' }]]).filter(({ type }) => type === 'abort'),
    ).toEqual([])
  })
})

describe('a page that is left', () => {
  const worked: [number, Event][] = [...live(), [30_000, { type: 'input', at: 30_000 }]]
  const leave = (events: [number, Event][], now: number) =>
    effectsOf([...events, [now, { type: 'leaving' }]]).filter(({ type }) => type === 'lastReport')

  test('reports the activity that the server does not know', () => {
    expect(leave(worked, 31_000)).toEqual([{ type: 'lastReport', session: 's', upTo: 30_000 }])
  })

  test('reports nothing without activity, without a session, in doubt, or after the end', () => {
    expect(leave(live(), 31_000)).toEqual([])
    expect(leave([[0, start]], 31_000)).toEqual([])
    expect(leave([...worked, [30_500, { type: 'restored' }]], 31_000)).toEqual([])
    expect(leave([...worked, [30_500, { type: 'signOut' }]], 31_000)).toEqual([])
  })

  test('reports a wish to stay that was not sent yet', () => {
    expect(leave([...live(70_000), [1_000, { type: 'extend' }]], 1_001)).toEqual([
      { type: 'lastReport', session: 's', upTo: 1_000 },
    ])
  })
})

describe('a message', () => {
  test('of a newer sign-in aborts no request if none is under way', () => {
    const others = stateAfter([
      [5_000, start],
      [5_010, answered(1, 5_000, active({ session: 'other' }))],
    ]).facts
    const { effects } = lastOf([...live(), [5_020, { type: 'message', facts: others }]])
    expect(effects).toMatchObject([{ type: 'ask' }])
  })
})

describe('a hint', () => {
  const hint: Event = {
    type: 'hint',
    session: 's',
    subject: 'ada',
    at: 9_000,
    remaining: 120_000,
    idle: 0,
    sentAt: 4_000,
  }

  test('changes nothing after the end, nor while the page is in doubt', () => {
    const ended = stateAfter([
      [0, start],
      [10, answered(1, 0, active({ at: 5_000 }))],
      [1_000, { type: 'signOut' }],
    ])
    expect(transition(ended, hint, 4_010, config).state).toBe(ended)
    const doubting = stateAfter([
      [0, start],
      [10, answered(1, 0, active({ at: 5_000 }))],
      [4_000, { type: 'restored' }],
    ])
    expect(transition(doubting, hint, 4_010, config).state).toBe(doubting)
  })

  test('that is newer than the last answer counts', () => {
    const known = stateAfter([
      [0, start],
      [10, answered(1, 0, active({ at: 5_000 }))],
    ])
    const { state } = transition(known, hint, 4_010, config)
    expect(state.facts.confirmed).toMatchObject({ at: 9_000, sentAt: 4_000 })
  })
})

describe('what is shown', () => {
  test('is the same object until something in it changes', () => {
    const state = stateAfter(live())
    const first = viewOf(state, 20, config, disabledView)
    expect(viewOf(state, 30, config, first)).toBe(first)
    const warning = viewOf(state, 60_000, config, first)
    expect(warning).not.toBe(first)
    expect(warning.status).toBe('warning')
    expect(viewOf(initialState, 0, config, disabledView)).toBe(disabledView)
  })

  test('counts whole seconds, and knows when the next one passes', () => {
    const state = stateAfter(live())
    expect(secondsLeftOf(state, 60_500, config)).toBe(60)
    expect(nextSecondAt(state, 60_500, config)).toBe(61_000)
    expect(secondsLeftOf(state, 61_000, config)).toBe(59)
    expect(nextSecondAt(state, 61_000, config)).toBe(62_000)
    expect(secondsLeftOf(state, 119_001, config)).toBe(1)
    expect(nextSecondAt(state, 119_001, config)).toBe(120_000)
    expect(nextSecondAt(state, 120_000, config)).toBeNull()
    expect(nextSecondAt(initialState, 0, config)).toBeNull()
  })
})
