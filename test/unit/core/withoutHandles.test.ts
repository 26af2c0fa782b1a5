import { expect, test } from 'vitest'
import type { Event } from '../../../src/core/decide/state.js'
import { createSimulation } from '../../../src/testing.js'
import { answered, shortPolicy, stateAfter } from '../../support/simulation/stateAfter.js'

/** A back end that only answers how long its session has been idle. */
async function active(tabs: number, subject?: string) {
  const world = createSimulation({
    policy: shortPolicy,
    handles: false,
    session: { endpoint: '/session-security', ...(subject !== undefined && { subject }) },
  })
  world.server.signIn('ada')
  for (let tab = 0; tab < tabs; tab += 1) world.open()
  await world.advance(1_000)
  const statuses = () => world.tabs.map((tab) => tab.view().status)
  const sessions = () => world.tabs.map((tab) => tab.session)
  return { ...world, statuses, sessions }
}

test('idle tabs warn and expire together, with at most three requests', async () => {
  const { server, statuses, advance } = await active(3)
  const { asked } = server
  await advance(60_000)
  expect(statuses()).toEqual(['warning', 'warning', 'warning'])
  await advance(61_000)
  expect(statuses()).toEqual(['expired', 'expired', 'expired'])
  expect(server.asked - asked).toBeLessThanOrEqual(3)
})

test('input in one tab closes the warning in all tabs', async () => {
  const { tabs, statuses, advance } = await active(3)
  await advance(61_000)
  tabs[2]?.input()
  await advance(250)
  expect(statuses()).toEqual(['active', 'active', 'active'])
})

test('a new sign-in after an idle end revives every tab if the user is known', async () => {
  const { tabs, server, statuses, sessions, advance } = await active(3, 'ada')
  await advance(121_000)
  expect(statuses()).toEqual(['expired', 'expired', 'expired'])
  const before = sessions()

  server.signIn('ada')
  tabs[0]?.reload()
  await advance(2_000)

  expect(statuses()).toEqual(['active', 'active', 'active'])
  expect(sessions().slice(1)).toEqual(before.slice(1))
})

test('a new sign-in after an idle end reloads every tab if the user is unknown', async () => {
  const { tabs, server, statuses, sessions, advance } = await active(3)
  server.revoke()
  tabs[1]?.session.check()
  await advance(1_000)
  expect(statuses()).toEqual(['expired', 'expired', 'expired'])
  const before = sessions()

  server.signIn('bob')
  tabs[0]?.reload()
  await advance(2_000)

  expect(statuses()).toEqual(['active', 'active', 'active'])
  for (const [index, session] of sessions().entries()) expect(session).not.toBe(before[index])
})

test('an unconfirmed sign-out is not undone by a tab that still finds the session alive', async () => {
  const { tabs, server, advance, open } = await active(1, 'ada')
  const [first] = tabs
  server.mood = 'refusing'
  void first?.session.signOut()
  await advance(100)
  expect(first?.view()).toMatchObject({ status: 'expired', reason: 'signed-out' })

  server.mood = 'well'
  open()
  await advance(200)
  expect(first?.view().status).toBe('expired')
  await advance(10_000)
  expect(server.signedIn()).toBeNull()
  expect(first?.view()).toMatchObject({ status: 'expired', reason: 'signed-out' })
})

test('an answer to a request from before the end does not count as a new sign-in', () => {
  const signedOut: [number, Event][] = [
    [0, { type: 'started', remembered: null, initial: null }],
    [10, answered(1, 0, { state: 'active', idle: 0 })],
    [1_000, { type: 'signOut' }],
  ]
  const confirmed: [number, Event] = [1_100, { type: 'signOutAnswered', outcome: 'confirmed' }]
  // This request was sent after the sign-out, but answered before it was carried out.
  const late = stateAfter([
    ...signedOut,
    [1_050, { type: 'check' }],
    confirmed,
    [1_200, answered(2, 1_050, { state: 'active', idle: 0 })],
  ])
  const later = stateAfter([
    ...signedOut,
    confirmed,
    [1_200, { type: 'check' }],
    [1_210, answered(2, 1_200, { state: 'active', idle: 0 })],
  ])

  expect(late.facts.ended).toMatchObject({ reason: 'signed-out' })
  expect(later.facts.ended).toBeNull()
})

test('an extension that the server has rounded needs no further request at the end', () => {
  const askedThen: [number, Event][] = [
    [0, { type: 'started', remembered: null, initial: null }],
    [10, answered(1, 0, { state: 'active', idle: 0 })],
    [55_000, { type: 'woke' }],
    [55_010, answered(2, 55_000, { state: 'active', idle: 55_000 })],
    [70_000.4, { type: 'extend' }],
    [70_010, { ...answered(3, 70_000.4, { state: 'active', idle: 900 }), lane: 'user' } as Event],
    [184_100, { type: 'woke' }],
    [184_110, answered(4, 184_100, { state: 'active', idle: 115_000 })],
  ]
  const { facts } = stateAfter([...askedThen, [190_000, { type: 'woke' }]])
  expect(facts).toMatchObject({ wish: 70_000.4, ended: { reason: 'idle' } })
})
