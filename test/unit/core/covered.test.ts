import { expect, test } from 'vitest'
import type { Event } from '../../../src/core/decide/state.js'
import type { ActiveVerdict } from '../../../src/protocol/verdict.js'
import { createSimulation } from '../../../src/testing.js'
import { answered, stateAfter } from '../../support/simulation/stateAfter.js'

const policy = { warnAfter: 60_000, expireAfter: 120_000 }

const session = (handle: string): ActiveVerdict => ({
  state: 'active',
  idle: 0,
  session: handle,
  subject: 'ada',
})

const covering: [string, Event][] = [
  ['comes out of the back/forward cache', { type: 'restored' }],
  ['got a response for another person', { type: 'otherPerson' }],
  [
    'may have learned of the end of an old cookie’s session',
    answered(2, 1_000, { state: 'ended', reason: 'unknown' }),
  ],
]

test.each(covering)('setting the clock back does not uncover a page that %s', (_, event) => {
  const doubted: [number, Event][] = [
    [0, { type: 'started', remembered: null, initial: null }],
    [10, answered(1, 0, session('s1'))],
    [1_000, { type: 'check' }],
    [1_010, event],
  ]
  expect(stateAfter(doubted).doubt).toMatchObject({ covered: true })
  expect(stateAfter([...doubted, [1_020, { type: 'setBack' }]]).doubt).toMatchObject({
    covered: true,
  })
})

test.each(['refusing', 'silent', 'odd'] as const)(
  'a page loaded after the stored deadline stays covered while the server is %s',
  async (mood) => {
    const { open, browser, server, sleep, advance } = createSimulation({ policy })
    server.signIn('ada')
    const first = open()
    await advance(1_000)
    first.crash()
    await sleep(3_600_000)
    browser.asleep = false
    server.mood = mood
    const tab = open()
    for (let moment = 0; moment < 20_000; moment += 100) {
      expect(tab.view().covered).toBe(true)
      await advance(100)
    }
    expect(tab.view()).toMatchObject({ status: 'expired', reason: 'unreachable' })
  },
)

/** The message of another tab that got this answer to a request sent at that moment. */
function messageAbout(handle: string, sentAt: number): Event {
  const { facts } = stateAfter([
    [sentAt, { type: 'started', remembered: null, initial: null }],
    [sentAt, answered(1, sentAt, session(handle))],
  ])
  return { type: 'message', facts }
}

test('a user’s request sent before a new sign-in does not bring back the old session', () => {
  const personal = { ...answered(2, 1_000, session('s1')), lane: 'user' } as Event
  const newer: [number, Event][] = [
    [0, { type: 'started', remembered: null, initial: null }],
    [10, answered(1, 0, session('s1'))],
    [1_000, { type: 'extend' }],
    [2_000, messageAbout('s2', 1_990)],
    [2_050, answered(3, 2_000, session('s2'))],
  ]
  expect(stateAfter(newer).facts.session).toBe('s2')
  // Even if the transport ignores the abort signal.
  expect(stateAfter([...newer, [2_500, personal]]).facts.session).toBe('s2')
})
