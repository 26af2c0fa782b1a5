import { expect, test } from 'vitest'
import { type Event, initialState } from '../../../src/core/decide/state.js'
import { transition } from '../../../src/core/decide/transition.js'
import { answered, config } from '../../support/simulation/stateAfter.js'

const late = {
  state: 'active',
  session: 's',
  subject: 'ada',
  idle: 70_000,
  remaining: 50_000,
} as const

/** A coarse clock shows the same moment for two requests, and the server may know of nothing new. */
test('an extension ends with its answer even if the answer repeats the last one', () => {
  const now = 100_000
  const userAnswer = { ...answered(2, now, late), lane: 'user' } as Event
  let state = initialState
  const results: unknown[] = []
  for (const event of [
    { type: 'started', remembered: null, initial: null },
    answered(1, now, late),
    { type: 'extend' },
    userAnswer,
  ] satisfies Event[]) {
    const next = transition(state, event, now, config)
    state = next.state
    results.push(...next.effects.filter(({ type }) => type === 'ask' || type === 'extension'))
  }
  expect(results).toMatchObject([
    { type: 'ask', lane: 'background' },
    { type: 'ask', lane: 'user' },
    { type: 'extension', result: 'extended' },
  ])
  expect(state.extending).toBeNull()
})
