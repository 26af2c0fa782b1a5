import { expect, test } from 'vitest'
import type { Event } from '../../../src/core/decide/state.js'
import type { ActiveVerdict } from '../../../src/protocol/verdict.js'
import { createSimulation } from '../../../src/testing.js'
import { after, answered } from '../../support/simulation/after.js'

const policy = { warnAfter: 60_000, expireAfter: 120_000 }

const session = (handle: string): ActiveVerdict => ({
  state: 'active',
  idle: 0,
  session: handle,
  subject: 'ada',
})

const covering: [string, Event][] = [
  ['comes out of the back/forward cache', { type: 'restored' }],
  ['was given an answer of somebody else’s', { type: 'otherPerson' }],
  [
    'may have heard of an old cookie’s end',
    answered(2, 1_000, { state: 'ended', reason: 'unknown' }),
  ],
]

test.each(covering)('a clock that is set back uncovers no page that %s', (_, event) => {
  const doubted: [number, Event][] = [
    [0, { type: 'started', remembered: null, initial: null }],
    [10, answered(1, 0, session('s1'))],
    [1_000, { type: 'check' }],
    [1_010, event],
  ]
  expect(after(doubted).doubt).toMatchObject({ covered: true })
  expect(after([...doubted, [1_020, { type: 'setBack' }]]).doubt).toMatchObject({ covered: true })
})

test.each(['refusing', 'silent', 'odd'] as const)(
  'a reload past the remembered deadline shows nothing while the server is %s',
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

/** Another tab has this answer of the server, to a question sent at that moment. */
function heard(handle: string, sentAt: number): Event {
  const { facts } = after([
    [sentAt, { type: 'started', remembered: null, initial: null }],
    [sentAt, answered(1, sentAt, session(handle))],
  ])
  return { type: 'message', facts }
}

test('a question of the user’s, sent before a new sign-in, does not bring the old session back', () => {
  const personal = { ...answered(2, 1_000, session('s1')), lane: 'user' } as Event
  const newer: [number, Event][] = [
    [0, { type: 'started', remembered: null, initial: null }],
    [10, answered(1, 0, session('s1'))],
    [1_000, { type: 'extend' }],
    [2_000, heard('s2', 1_990)],
    [2_050, answered(3, 2_000, session('s2'))],
  ]
  expect(after(newer).facts.session).toBe('s2')
  // Whether its transport obeys the signal or not.
  expect(after([...newer, [2_500, personal]]).facts.session).toBe('s2')
})
