import { expect, test } from 'vitest'
import type { Event } from '../../../src/core/decide/state.js'
import type { ActiveVerdict } from '../../../src/protocol/verdict.js'
import { answered, stateAfter } from '../../support/simulation/stateAfter.js'

const session = (handle: string, subject: string): ActiveVerdict => ({
  state: 'active',
  idle: 0,
  session: handle,
  subject,
})

/** The message of another tab that got this answer to a request sent at that moment. */
function messageAbout(handle: string, subject: string, sentAt: number): Event {
  const { facts } = stateAfter([
    [sentAt, { type: 'started', remembered: null, initial: null }],
    [sentAt, answered(1, sentAt, session(handle, subject))],
  ])
  return { type: 'message', facts }
}

/** The user has signed out in this tab. It asks because the same person has signed in in another tab. */
const over: [number, Event][] = [
  [0, { type: 'started', remembered: null, initial: null }],
  [10, answered(1, 0, session('s1', 'ada'))],
  [1_000, { type: 'signOut' }],
  [1_100, { type: 'signOutAnswered', outcome: 'confirmed' }],
  [2_000, messageAbout('s2', 'ada', 1_990)],
]

test('a sign-in of the same person in another tab revives an expired tab', () => {
  const { facts } = stateAfter([...over, [2_050, answered(2, 2_000, session('s2', 'ada'))]])
  expect(facts).toMatchObject({ session: 's2', ended: null })
})

test('a tab whose request hangs asks again when another tab got an answer for a new sign-in', () => {
  const asking: [number, Event][] = [
    [0, { type: 'started', remembered: null, initial: null }],
    [10, answered(1, 0, session('s1', 'ada'))],
    [1_000, { type: 'check' }],
    [1_100, answered(2, 1_000, { state: 'unknown' })],
    [1_600, { type: 'woke' }],
    [1_700, answered(3, 1_600, { state: 'unknown' })],
    [2_700, { type: 'woke' }],
    [2_800, answered(4, 2_700, { state: 'unknown' })],
    [4_800, { type: 'woke' }],
  ]
  expect(stateAfter(asking).asks.background).toMatchObject({ id: 5, timeoutAt: 9_800 })
  expect(stateAfter([...asking, [9_800, { type: 'woke' }]]).retryAt).toBe(13_800)

  asking.push([5_500, messageAbout('s2', 'ada', 5_400)])
  expect(stateAfter(asking).asks.background).toMatchObject({ id: 6, timeoutAt: 10_500 })
  asking.push([5_600, answered(6, 5_500, { state: 'unknown' })])
  expect(stateAfter(asking).retryAt).toBe(6_100)
})

test('an expired tab is not revived by an answer that came after the timeout', () => {
  const { facts } = stateAfter([...over, [7_001, answered(2, 2_000, session('s2', 'ada'))]])
  expect(facts).toMatchObject({ session: 's1', ended: { reason: 'signed-out' } })
})

test('an expired tab is not revived by an answer that may have waited while the page was frozen', () => {
  const { facts } = stateAfter([
    ...over,
    [3_000, { type: 'returned' }],
    [3_000, answered(2, 2_000, session('s2', 'ada'))],
  ])
  expect(facts).toMatchObject({ session: 's1', ended: { reason: 'signed-out' } })
})

test('an expired tab is not revived by an answer to a request sent before the next person signed in', () => {
  const asked: [number, Event][] = [...over, [2_030, messageAbout('s3', 'bob', 2_020)]]
  const old = stateAfter([...asked, [2_050, answered(2, 2_000, session('s2', 'ada'))]])
  expect(old.facts).toMatchObject({ session: 's1', ended: { reason: 'signed-out' } })
  // The tab asks again at once.
  expect(old.asks.background?.id).toBe(3)
  const next = stateAfter([
    ...asked,
    [2_050, answered(2, 2_000, session('s2', 'ada'))],
    [2_090, answered(3, 2_050, session('s3', 'bob'))],
  ])
  expect(next.doubt).toMatchObject({ kind: 'person', covered: true })
})
