import { expect, test } from 'vitest'
import { createSimulation } from '../../../src/testing.js'

const policy = { warnAfter: 60_000, expireAfter: 120_000 }

function signedIn(tabs = 1, options = {}) {
  const world = createSimulation({ policy, ...options })
  world.server.signIn('ada')
  for (let tab = 0; tab < tabs; tab += 1) world.open()
  const [first] = world.tabs
  if (!first) throw new Error('no tab')
  return { ...world, first }
}

test('a page starts checking, uncovered, and is active when the server has answered', async () => {
  const { first, advance } = signedIn()
  expect(first.view()).toMatchObject({ status: 'checking', covered: false })
  await advance(100)
  expect(first.view()).toMatchObject({ status: 'active', covered: false, wasActive: true })
})

test('an idle tab warns after warnAfter and expires at the deadline', async () => {
  const { first, advance } = signedIn()
  await advance(59_900)
  expect(first.view().status).toBe('active')
  await advance(200)
  expect(first.view()).toMatchObject({ status: 'warning', extendable: true, endsBy: 'idle' })
  await advance(59_700)
  expect(first.view().status).toBe('warning')
  await advance(400)
  expect(first.view()).toMatchObject({ status: 'expired', reason: 'idle', covered: true })
})

test('ten idle tabs ask at most three times from the warning to the end', async () => {
  const { tabs, server, advance } = signedIn(10)
  await advance(50_000)
  const before = server.asked
  await advance(80_000)
  expect(tabs.map((tab) => tab.view().status)).toEqual(Array(10).fill('expired'))
  expect(server.asked - before).toBeLessThanOrEqual(3)
})

test('idle tabs send nothing before the warning is near', async () => {
  const { server, browser, advance } = signedIn(3)
  await advance(1_000)
  const { asked } = server
  const { messages } = browser
  await advance(50_000)
  expect(server.asked).toBe(asked)
  expect(browser.messages).toBe(messages)
})

test('input in one tab keeps the others from warning', async () => {
  const { tabs, advance } = signedIn(3)
  await advance(50_000)
  tabs[1]?.input()
  await advance(30_000)
  expect(tabs.map((tab) => tab.view().status)).toEqual(['active', 'active', 'active'])
})

test('input in one tab closes the warning in all tabs', async () => {
  const { tabs, advance } = signedIn(3)
  await advance(61_000)
  expect(tabs.map((tab) => tab.view().status)).toEqual(['warning', 'warning', 'warning'])
  tabs[2]?.input()
  await advance(250)
  expect(tabs.map((tab) => tab.view().status)).toEqual(['active', 'active', 'active'])
})

test('input right as the warning opens closes it after a short grace', async () => {
  const { first, advance } = signedIn()
  await advance(59_980)
  while (first.view().status === 'active') await advance(1)
  first.input()
  await advance(100)
  expect(first.view().status).toBe('warning')
  await advance(200)
  expect(first.view().status).toBe('active')
})

test('with extendOn "button", input does not extend and is not reported; the button extends', async () => {
  const { first, server, advance } = signedIn(1, {
    session: { endpoint: '/session-security', extendOn: 'button' },
  })
  await advance(61_000)
  const { asked } = server
  first.input()
  await advance(10_000)
  expect(first.view().status).toBe('warning')
  expect(server.asked).toBe(asked)
  const result = first.session.extend()
  await advance(100)
  await expect(result).resolves.toBe('extended')
  expect(first.view().status).toBe('active')
  expect(server.asked).toBe(asked + 1)
})

test('several calls of extend() during a warning send one request', async () => {
  const { first, server, advance } = signedIn()
  await advance(70_000)
  const { asked } = server
  const results = [first.session.extend(), first.session.extend(), first.session.extend()]
  await advance(100)
  await expect(Promise.all(results)).resolves.toEqual(['extended', 'extended', 'extended'])
  expect(server.asked).toBe(asked + 1)
})

test('the countdown is the same in every tab and ends at 0', async () => {
  const { tabs, advance } = signedIn(3)
  await advance(90_500)
  expect(tabs.map((tab) => tab.session.getSecondsLeft())).toEqual([30, 30, 30])
  await advance(60_000)
  expect(tabs.map((tab) => tab.session.getSecondsLeft())).toEqual([0, 0, 0])
})

test('a countdown listener is called each second, but only during a warning', async () => {
  const { first, advance } = signedIn()
  const seconds: number[] = []
  first.session.subscribeCountdown(() => seconds.push(first.session.getSecondsLeft()))
  await advance(59_500)
  expect(seconds).toEqual([])
  await advance(5_550)
  expect(seconds).toEqual([60, 59, 58, 57, 56, 55])
})

test('activity is reported at most once per half of warnAfter, and once more at the end', async () => {
  const { first, server, advance } = signedIn()
  await advance(40_000)
  const { asked } = server
  for (let second = 0; second < 100; second += 1) {
    first.input()
    await advance(1_000)
  }
  expect(server.asked - asked).toBeLessThanOrEqual(4)
  expect(server.asked - asked).toBeGreaterThanOrEqual(3)
  expect(first.view().status).toBe('active')
})

test('ten seconds of input set at most twelve timers and send at most eleven messages', async () => {
  const { first, browser, advance } = signedIn(10)
  await advance(1_000)
  const { messages } = browser
  for (let event = 0; event < 1_250; event += 1) {
    first.input()
    await advance(8)
  }
  expect(browser.messages - messages).toBeLessThanOrEqual(11)
  expect(first.timersSet).toBeLessThanOrEqual(14)
})

test('a hold counts as activity until it is released', async () => {
  const { first, advance } = signedIn()
  await advance(1_000)
  const letGo = first.session.hold('uploading')
  await advance(300_000)
  expect(first.view().status).toBe('active')
  letGo()
  await advance(121_000)
  expect(first.view().status).toBe('expired')
})

test('a hold that is never released ends by itself', async () => {
  const { first, advance } = signedIn()
  await advance(1_000)
  first.session.hold('a call', { max: 200_000 })
  await advance(199_000)
  expect(first.view().status).toBe('active')
  await advance(123_000)
  expect(first.view().status).toBe('expired')
})

test('the page warns before the absolute end, and activity does not move it', async () => {
  const world = signedIn(2, {
    policy: { ...policy, absoluteTimeout: 600_000, warnBeforeAbsolute: 100_000 },
  })
  for (let second = 0; second < 510; second += 10) {
    world.first.input()
    await world.advance(10_000)
  }
  expect(world.first.view()).toMatchObject({
    status: 'warning',
    endsBy: 'absolute',
    extendable: false,
  })
  await expect(world.first.session.extend()).resolves.toBe('failed')
  for (let second = 510; second < 610; second += 10) {
    world.first.input()
    await world.advance(10_000)
  }
  expect(world.first.view()).toMatchObject({ status: 'expired', reason: 'absolute' })
})

test('a sign-out in one tab expires all tabs and ends the session on the server', async () => {
  const { tabs, first, server, advance } = signedIn(3)
  await advance(1_000)
  const done = first.session.signOut()
  expect(first.view()).toMatchObject({ status: 'expired', reason: 'signed-out', covered: true })
  await advance(100)
  await done
  expect(tabs.map((tab) => tab.view().reason)).toEqual(Array(3).fill('signed-out'))
  expect(server.signedIn()).toBeNull()
})

test('a sign-out that the server does not confirm shows as unconfirmed and is tried again', async () => {
  const { first, server, advance } = signedIn()
  await advance(1_000)
  server.mood = 'refusing'
  void first.session.signOut()
  await advance(100)
  expect(first.view()).toMatchObject({ covered: true, signOutConfirmed: false })
  server.mood = 'well'
  await advance(3_000)
  expect(first.view().signOutConfirmed).toBe(true)
  expect(server.signedIn()).toBeNull()
})

test('a page signed out before it knew its session is not revived by another tab', async () => {
  const { tabs, first, server, open, advance } = signedIn()
  await advance(1_000)
  server.mood = 'odd'
  const second = open()
  await advance(100)
  void second.session.signOut()
  await advance(100)
  server.mood = 'well'
  first.session.check()
  second.session.check()
  await advance(200)
  expect(tabs.map((tab) => tab.view().status)).toEqual(['active', 'expired'])
  await advance(10_000)
  expect(server.signedIn()).toBeNull()
  expect(second.view()).toMatchObject({ status: 'expired', reason: 'signed-out' })
  expect(second.view().signOutConfirmed).toBe(true)
})

test('a new sign-in of the same person revives every tab; another person’s reloads it', async () => {
  const { tabs, first, server, advance } = signedIn(2)
  await advance(130_000)
  expect(tabs.map((tab) => tab.view().status)).toEqual(['expired', 'expired'])
  const { session } = first
  server.signIn('ada')
  first.reload()
  await advance(2_000)
  expect(tabs.map((tab) => tab.view().status)).toEqual(['active', 'active'])
  expect(tabs[1]?.session).not.toBe(session)

  const second = tabs[1]?.session
  server.signIn('bob')
  first.reload()
  await advance(2_000)
  expect(tabs.map((tab) => tab.view().status)).toEqual(['active', 'active'])
  expect(tabs[1]?.session).not.toBe(second)
})

test('a 401 before the page was ever active asks to sign in', async () => {
  const world = createSimulation({ policy })
  const tab = world.open()
  await world.advance(100)
  expect(tab.view()).toMatchObject({ status: 'expired', wasActive: false })
})

test('a session ended by an administrator expires at the next answer', async () => {
  const { tabs, first, server, advance } = signedIn(2)
  await advance(1_000)
  server.revoke()
  void first.session.check()
  await advance(200)
  expect(tabs.map((tab) => tab.view().reason)).toEqual(['revoked', 'revoked'])
})

test('a session with two users still runs after one of them has stopped it twice', async () => {
  const { first, advance } = signedIn()
  const stop = first.session.start()
  stop()
  stop()
  await advance(1_000)
  expect(first.view().status).toBe('active')
  expect(first.armedTimers).toBe(1)
})
