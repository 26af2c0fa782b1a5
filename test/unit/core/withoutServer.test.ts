import { expect, test, vi } from 'vitest'
import type { SessionOptions } from '../../../src/core/options/options.js'
import { createSimulation } from '../../../src/testing.js'

const policy = { warnAfter: 60_000, expireAfter: 120_000, absoluteTimeout: 3_600_000 }

/** An app without a server: each document is loaded with the sign-in of that moment. */
function app(id = '1', subject = 'ada', more: SessionOptions = {}) {
  let signedIn = { id, subject }
  const session = () => ({ policy, name: 'app', signedIn, ...more })
  const world = createSimulation({ session })
  const statuses = () => world.tabs.map((tab) => tab.view().status)
  const signIn = (nextId: string, next = subject) => {
    signedIn = { id: nextId, subject: next }
  }
  return { ...world, signIn, statuses }
}

test('this browser judges, and a reload restarts no time', async () => {
  const { open, advance } = app()
  const tab = open()
  expect(tab.view().status).toBe('active')
  await advance(50_000)
  tab.reload()
  await advance(10_100)
  expect(tab.view().status).toBe('warning')
  tab.input()
  await advance(300)
  expect(tab.view().status).toBe('active')
  await advance(121_000)
  expect(tab.view()).toMatchObject({ status: 'expired', reason: 'idle' })
})

test('the next person inherits nothing from one who closed the tab', async () => {
  const endElsewhere = vi.fn(async () => {})
  const { open, signIn, advance } = app('1', 'ada', { endElsewhere })
  const first = open()
  await advance(35_000)
  first.close()
  await advance(60_000)
  signIn('2', 'bob')
  const tab = open()
  expect(tab.view().status).toBe('active')
  expect(tab.session.getSecondsLeft()).toBe(120)
  for (let minute = 0; minute < 59; minute += 1) {
    await advance(59_000)
    tab.input()
    await advance(1_000)
  }
  // An hour has passed since the first person signed in, but not since this one did.
  expect(tab.view().status).not.toBe('expired')
  expect(endElsewhere).not.toHaveBeenCalled()
})

test('the same person, signed in again in one tab, brings back the other', async () => {
  const { open, signIn, statuses, advance } = app()
  const first = open()
  open()
  await advance(125_000)
  expect(statuses()).toEqual(['expired', 'expired'])
  signIn('2')
  first.reload()
  await advance(1_000)
  expect(statuses()).toEqual(['active', 'active'])
})

test('and one that stood still meanwhile, as soon as it goes on', async () => {
  const { open, signIn, statuses, advance } = app()
  const first = open()
  const second = open()
  second.freeze()
  await advance(125_000)
  signIn('2')
  first.reload()
  await advance(1_000)
  second.resume()
  await advance(1_000)
  expect(statuses()).toEqual(['active', 'active'])
})

test('another person, signed in in one tab, has the other covered and loaded anew', async () => {
  const { open, signIn, statuses, advance } = app()
  const first = open()
  const second = open()
  const before = second.session
  await advance(10_000)
  signIn('2', 'bob')
  first.reload()
  await advance(100)
  expect(second.session).not.toBe(before)
  await advance(1_000)
  expect(statuses()).toEqual(['active', 'active'])
})

test('two tabs that keep different people signed in do not load each other anew for ever', async () => {
  const { open, signIn, tabs, advance } = app()
  open()
  await advance(1_000)
  signIn('2', 'bob')
  open()
  await advance(1_000)
  // The first tab is loaded anew, and still says that it is the first person's.
  signIn('1', 'ada')
  tabs[0]?.reload()
  await advance(1_000)
  const sessions = tabs.map((tab) => tab.session)
  await advance(30_000)
  expect(tabs.map((tab) => tab.session)).toEqual(sessions)
})

test('a sign-in that is over stays over, however often the page is loaded anew', async () => {
  const { open, signIn, advance } = app()
  const tab = open()
  await advance(121_000)
  expect(tab.view()).toMatchObject({ status: 'expired', wasActive: true })
  tab.reload()
  await advance(100)
  expect(tab.view()).toMatchObject({ status: 'expired', covered: true, wasActive: false })
  expect(open().view().status).toBe('expired')
  signIn('2')
  tab.reload()
  await advance(100)
  expect(tab.view().status).toBe('active')
})

test('a reload past the deadline that this browser remembers shows nothing', async () => {
  const { open, browser, sleep } = app()
  open().crash()
  await sleep(3_000_000)
  browser.asleep = false
  const tab = open()
  expect(tab.view()).toMatchObject({ status: 'expired', covered: true })
})

test('an end in an old tab takes nothing from the newer sign-in', async () => {
  const { open, signIn, browser, advance } = app()
  browser.faults.lost = 1
  open()
  await advance(60_000)
  signIn('2')
  const second = open()
  await advance(65_000)
  const left = second.session.getSecondsLeft()
  second.reload()
  expect(second.session.getSecondsLeft()).toBeLessThanOrEqual(left)
})

test('each sign-out ends the identity provider’s session', async () => {
  const endElsewhere = vi.fn(async () => {})
  const { open, signIn, advance } = app('1', 'ada', { endElsewhere })
  const tab = open()
  for (const next of ['2', '3', '4']) {
    void tab.session.signOut()
    await advance(6_000)
    signIn(next)
    tab.reload()
    await advance(1_000)
  }
  expect(endElsewhere).toHaveBeenCalledTimes(3)
})

test('what rests in the browser of a sign-in that is over names nobody', async () => {
  const { open, browser, advance } = app('1', 'ada@home')
  open()
  await advance(121_000)
  expect([...browser.storage.values()].join()).not.toContain('ada@home')
})
