import { describe, expect, test, vi } from 'vitest'
import { combineClocks } from '../../../src/core/combineClocks.js'
import { backoff } from '../../../src/core/decide/backoff.js'
import { deadlinesOf } from '../../../src/core/decide/deadlines.js'
import { factsOf, noFacts } from '../../../src/core/decide/facts.js'
import { createHolds } from '../../../src/core/run/createHolds.js'
import { createWakeUp } from '../../../src/core/run/createWakeUp.js'
import type { Clock, Environment } from '../../../src/core/run/environment.js'
import { defaultPolicy, type Policy } from '../../../src/protocol/policy.js'

describe('the back-off after failures', () => {
  test('doubles from a second to a minute', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((failures) => backoff(failures, 1))
    expect(waits).toEqual([1_000, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
  })

  test('varies by up to half, so that tabs do not all retry at the same moment', () => {
    expect([0, 0.5, 1].map((jitter) => backoff(3, jitter))).toEqual([2_000, 3_000, 4_000])
  })

  test('is never shorter than the server asked for', () => {
    expect(backoff(1, 0, 30_000)).toBe(30_000)
    expect(backoff(7, 1, 30_000)).toBe(60_000)
  })
})

describe('deadlines', () => {
  const policy: Policy = { ...defaultPolicy, warnAfter: 480_000, expireAfter: 600_000 }
  const at = (verdict: object, own = policy) =>
    deadlinesOf(
      factsOf({ state: 'active', ...verdict }, 0, { policy: own, subject: null }),
      defaultPolicy,
    )

  test('are unknown while no activity is known', () => {
    expect(deadlinesOf(noFacts, policy)).toBeNull()
  })

  test('follow the page’s own policy until a server has answered', () => {
    const found = deadlinesOf({ ...noFacts, lastActivity: 1_000 }, policy)
    expect(found).toMatchObject({ warnAt: 481_000, expiresAt: 601_000, endsBy: 'idle' })
  })

  test('ask five seconds ahead, and end by idle time', () => {
    expect(at({ idle: 0 })).toEqual({
      warnAt: 480_000,
      expiresAt: 600_000,
      endsBy: 'idle',
      lead: 5_000,
      askBeforeWarning: 475_000,
      askBeforeEnd: 595_000,
    })
  })

  test('ask later if the warning is short, or comes soon', () => {
    expect(at({ idle: 0 }, { ...policy, warnAfter: 592_000 })).toMatchObject({ lead: 2_000 })
    expect(at({ idle: 0 }, { ...policy, warnAfter: 8_000 })).toMatchObject({ lead: 2_000 })
  })

  test('warn warnBeforeAbsolute before the absolute end, even if the idle warning were due earlier', () => {
    const own = { ...policy, warnAfter: 8_000, warnBeforeAbsolute: 100_000 }
    expect(at({ idle: 0, absoluteRemaining: 600_000 }, own)).toMatchObject({
      endsBy: 'absolute',
      warnAt: 500_000,
      expiresAt: 600_000,
      lead: 5_000,
    })
    expect(at({ idle: 0, absoluteRemaining: 600_001 }, own)).toMatchObject({ endsBy: 'idle' })
  })

  test('are the absolute ones if there is no idle limit', () => {
    const own: Policy = { ...policy, warnAfter: false, expireAfter: false }
    expect(at({ absoluteRemaining: 900_000 }, own)).toMatchObject({
      endsBy: 'absolute',
      warnAt: 600_000,
      expiresAt: 900_000,
      lead: 5_000,
    })
  })
})

describe('the combined clock', () => {
  function clocks() {
    const time = { wall: 1_000_000, monotonic: 500 }
    const clock = combineClocks(
      () => time.wall,
      () => time.monotonic,
    )
    return {
      clock,
      pass(wall: number, monotonic = wall) {
        time.wall += wall
        time.monotonic += monotonic
        return clock.now()
      },
    }
  }

  test('follows the monotonic clock while both clocks agree within 20 ms', () => {
    const { clock, pass } = clocks()
    expect(pass(0)).toBe(500)
    expect(pass(1_000)).toBe(1_500)
    expect(pass(1_020, 1_000)).toBe(2_500)
    expect(pass(0, 20)).toBe(2_520)
    expect(clock.changes()).toEqual({ setBackAt: -Infinity, leaptAt: -Infinity })
  })

  test('counts sleep, during which the monotonic clock stops, and reports a leap', () => {
    const { clock, pass } = clocks()
    expect(pass(60_010, 10)).toBe(60_510)
    expect(clock.changes()).toEqual({ setBackAt: -Infinity, leaptAt: 60_510 })
    expect(pass(5)).toBe(60_515)
    expect(clock.momentOf(400)).toBe(60_400)
  })

  test('loses no time when the wall clock is set back, and reports when that was', () => {
    const { clock, pass } = clocks()
    expect(pass(-3_600_000, 10)).toBe(510)
    expect(clock.changes()).toEqual({ setBackAt: 510, leaptAt: 510 })
    expect(pass(1_000)).toBe(1_510)
    expect(clock.changes().setBackAt).toBe(510)
  })

  test('counts a small step forward, but does not report a leap', () => {
    const { clock, pass } = clocks()
    expect(pass(1_000, 0)).toBe(1_500)
    expect(clock.changes().leaptAt).toBe(-Infinity)
    expect(pass(1_001, 0)).toBe(2_501)
    expect(clock.changes().leaptAt).toBe(2_501)
  })

  test('reports neither a leap nor a step back for a small step back', () => {
    const { clock, pass } = clocks()
    expect(pass(-1_000, 0)).toBe(500)
    expect(clock.changes()).toEqual({ setBackAt: -Infinity, leaptAt: -Infinity })
    expect(pass(10)).toBe(510)
  })
})

describe('a hold', () => {
  function holds() {
    let time = 1_000
    const dispatch = vi.fn()
    const { hold, renew } = createHolds({ now: () => time } as Clock, dispatch)
    const dispatched = () => dispatch.mock.calls.splice(0).map(([event]) => event)
    return { hold, renew, dispatched, pass: (ms: number) => (time += ms) }
  }

  test('counts as input at once, and then until `max` is over', () => {
    const { hold, dispatched } = holds()
    hold('a call', { max: 5_000 })
    expect(dispatched()).toEqual([
      { type: 'input', at: 1_000 },
      { type: 'held', until: 6_000 },
    ])
    hold('another')
    expect(dispatched()).toEqual([
      { type: 'input', at: 1_000 },
      { type: 'held', until: 3_601_000 },
    ])
  })

  test('lasts until the last of several holds is released; releasing twice does nothing', () => {
    const { hold, dispatched } = holds()
    const first = hold('first', { max: 5_000 })
    const second = hold('second', { max: 9_000 })
    dispatched()
    second()
    second()
    expect(dispatched()).toEqual([{ type: 'held', until: 6_000 }])
    first()
    expect(dispatched()).toEqual([{ type: 'held', until: null }])
  })

  test('is passed on to a session that starts later', () => {
    const { hold, renew, dispatched } = holds()
    renew()
    expect(dispatched()).toEqual([])
    const release = hold('a call', { max: 5_000 })
    dispatched()
    renew()
    expect(dispatched()).toEqual([{ type: 'held', until: 6_000 }])
    release()
    dispatched()
    renew()
    expect(dispatched()).toEqual([])
  })

  test.each([0, -1, Number.NaN])('throws for a max of %s ms', (max) => {
    const { hold, dispatched } = holds()
    expect(() => hold('a call', { max })).toThrow(
      new RangeError(
        `react-session-security: hold("a call") needs a positive \`max\` in ms; received ${max}.`,
      ),
    )
    expect(dispatched()).toEqual([])
  })
})

describe('the wake-up', () => {
  function wakeUp() {
    const set = vi.fn()
    const rung = vi.fn()
    let ring = () => {}
    const environment = {
      alarm(onRing: () => void) {
        ring = onRing
        return { set }
      },
    } as unknown as Environment
    const { arm } = createWakeUp(environment, rung)
    const sets = () => set.mock.calls.splice(0).map(([moment]) => moment)
    return { arm, sets, rung, ring: () => ring() }
  }

  test('stays as it is for a later moment, and is set again for an earlier one', () => {
    const { arm, sets } = wakeUp()
    arm(5_000, 0)
    arm(5_000, 10)
    arm(9_000, 20)
    expect(sets()).toEqual([5_000])
    arm(4_000, 30)
    expect(sets()).toEqual([4_000])
  })

  test('is set again if its moment has passed or is now', () => {
    const { arm, sets } = wakeUp()
    arm(5_000, 0)
    sets()
    arm(9_000, 5_000)
    expect(sets()).toEqual([9_000])
  })

  test('is disarmed only once', () => {
    const { arm, sets } = wakeUp()
    arm(null, 0)
    expect(sets()).toEqual([])
    arm(5_000, 0)
    arm(null, 0)
    arm(null, 0)
    expect(sets()).toEqual([5_000, null])
  })

  test('can be armed for the same moment again after it rang', () => {
    const { arm, sets, ring, rung } = wakeUp()
    arm(5_000, 0)
    ring()
    arm(5_000, 4_990)
    expect(sets()).toEqual([5_000, 5_000])
    expect(rung).toHaveBeenCalledOnce()
  })
})
