import { expect, test, vi } from 'vitest'
import type { SessionOptions } from '../../../src/core/options/options.js'
import { createSimulation } from '../../../src/testing.js'

const policy = { warnAfter: 60_000, expireAfter: 120_000, absoluteTimeout: 3_600_000 }

/** An app without a server. Each document starts with the sign-in of the moment when it is loaded. */
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

test('the browser decides alone, and a reload does not restart the session', async () => {
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

test('the next person’s session does not continue that of a person who closed the tab', async () => {
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
  // An hour has passed since the first person signed in, but not since the second one did.
  expect(tab.view().status).not.toBe('expired')
  expect(endElsewhere).not.toHaveBeenCalled()
})

test('a new sign-in of the same person in one tab revives the other tab', async () => {
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

test('a new sign-in of the same person revives a tab that was frozen, when it resumes', async () => {
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

test('a sign-in of another person in one tab covers and reloads the other tab', async () => {
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

test('two tabs with different people do not reload each other for ever', async () => {
  const { open, signIn, tabs, advance } = app()
  open()
  await advance(1_000)
  signIn('2', 'bob')
  open()
  await advance(1_000)
  // The first tab reloads, and still gives the first person's sign-in.
  signIn('1', 'ada')
  tabs[0]?.reload()
  await advance(1_000)
  const sessions = tabs.map((tab) => tab.session)
  await advance(30_000)
  expect(tabs.map((tab) => tab.session)).toEqual(sessions)
})

test('a sign-in that is over stays over after reloads', async () => {
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

test('a page loaded after the stored deadline is expired', async () => {
  const { open, browser, sleep } = app()
  open().crash()
  await sleep(3_000_000)
  browser.asleep = false
  const tab = open()
  expect(tab.view()).toMatchObject({ status: 'expired', covered: true })
})

test('an end in an old tab does not affect the newer sign-in', async () => {
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

test('the stored data of a sign-in that is over does not name the person', async () => {
  const { open, browser, advance } = app('1', 'ada@home')
  open()
  await advance(121_000)
  expect([...browser.storage.values()].join()).not.toContain('ada@home')
})
