import { describe, expect, test } from 'vitest'
import type { Event } from '../../../src/core/decide/state.js'
import type { ActiveVerdict } from '../../../src/protocol/verdict.js'
import { createSimulation } from '../../../src/testing.js'
import { answered, stateAfter } from '../../support/simulation/stateAfter.js'

const policy = { warnAfter: 60_000, expireAfter: 120_000 }

async function active(tabs = 1, handles = true) {
  const world = createSimulation({
    policy,
    handles,
    session: { endpoint: '/session-security', ...(!handles && { subject: 'ada' }) },
  })
  world.server.signIn('ada')
  for (let tab = 0; tab < tabs; tab += 1) world.open()
  await world.advance(1_000)
  const [first] = world.tabs
  if (!first) throw new Error('no tab')
  return { ...world, first }
}

describe.each([
  ['with handles', true],
  ['without handles', false],
])('%s', (_, handles) => {
  test('a sign-out ends the session even if it was renewed in between', async () => {
    const { first, server, advance } = await active(1, handles)
    server.rotate()
    void first.session.signOut()
    await advance(1_000)
    expect(server.signedIn()).toBeNull()
    expect(first.view()).toMatchObject({ reason: 'signed-out', signOutConfirmed: true })
  })

  test('a sign-out is confirmed only when the same person’s newer session has ended, too', async () => {
    const { first, server, advance } = await active(1, handles)
    server.signIn('ada')
    void first.session.signOut()
    while (!first.view().signOutConfirmed) {
      expect(first.view()).toMatchObject({ status: 'expired', covered: true })
      await advance(5)
    }
    expect(server.signedIn()).toBeNull()
  })

  test('a sign-out ends the session even if the page did not know it yet', async () => {
    const world = createSimulation({ policy, handles })
    world.server.signIn('ada')
    const tab = world.open()
    void tab.session.signOut()
    await world.advance(1_000)
    expect(world.server.signedIn()).toBeNull()
    expect(tab.view()).toMatchObject({ status: 'expired', signOutConfirmed: true })
  })
})

test('a sign-out also expires a tab that shows a newer session of the same person', async () => {
  const { first, server, open, advance } = await active()
  first.freeze()
  server.signIn('ada')
  const newer = open()
  await advance(200)
  first.resume()
  void first.session.signOut()
  await advance(1_000)
  expect(newer.view()).toMatchObject({ status: 'expired', reason: 'signed-out' })
})

test('a sign-out never ends another person’s session; the page reloads instead', async () => {
  const { first, server, advance } = await active()
  const before = first.session
  server.signIn('bob')
  void first.session.signOut()
  await advance(50)
  expect(first.session).not.toBe(before)
  expect(server.signedIn()).toBe('bob')
})

const session = (handle: string, subject = 'ada'): ActiveVerdict => ({
  state: 'active',
  idle: 0,
  session: handle,
  subject,
})

const signedOut: [number, Event][] = [
  [0, { type: 'started', remembered: null, initial: null }],
  [10, answered(1, 0, session('s1'))],
  [1_000, { type: 'signOut' }],
]

const outcome = (verdict: ActiveVerdict): Event => ({ type: 'signOutAnswered', outcome: verdict })

test('a server that keeps answering with another session is asked again after a pause, not in a loop', () => {
  const state = stateAfter([
    ...signedOut,
    [1_010, outcome(session('s2'))],
    [1_020, outcome(session('s3'))],
  ])
  expect(state.signingOut).toMatchObject({ session: 's3', failures: 1, timeoutAt: null })
  expect(stateAfter([...signedOut, [1_010, outcome(session('s1'))]]).signingOut?.retryAt).toBe(
    1_510,
  )
})

test('an answer about a newer session does not undo an unconfirmed sign-out', () => {
  const { facts } = stateAfter([
    ...signedOut,
    [1_050, { type: 'check' }],
    [1_100, answered(2, 1_050, session('s2'))],
  ])
  expect(facts.ended).toMatchObject({ reason: 'signed-out' })
})

test('a result of a transport that is not a verdict does not confirm a sign-out', async () => {
  const { first, server, advance } = await active()
  server.end = () => new Response(null, { status: 202 }) as never
  void first.session.signOut()
  await advance(500)
  expect(first.view()).toMatchObject({ status: 'expired', signOutConfirmed: false })
})
