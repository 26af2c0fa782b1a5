import { describe, expect, test, vi } from 'vitest'
import type { SessionCallbacks } from '../../../src/core/callbacks.js'
import { createSimulation } from '../../../src/testing.js'

const policy = { warnAfter: 60_000, expireAfter: 120_000 }

describe.each([
  ['with handles', true],
  ['without handles', false],
])('%s', (_, handles) => {
  async function active(callbacks: SessionCallbacks, tabs = 1) {
    const world = createSimulation({
      policy,
      handles,
      session: { endpoint: '/session-security', subject: 'ada', ...callbacks },
    })
    world.server.signIn('ada')
    for (let tab = 0; tab < tabs; tab += 1) world.open()
    await world.advance(1_000)
    const [first] = world.tabs
    if (!first) throw new Error('no tab')
    return { ...world, first }
  }

  test('calls onWarning, onExtended and onExpired once each', async () => {
    const onWarning = vi.fn()
    const onExtended = vi.fn()
    const onExpired = vi.fn()
    const { first, advance } = await active({ onWarning, onExtended, onExpired })
    await advance(60_000)
    first.input()
    await advance(1_000)
    expect(onWarning).toHaveBeenCalledTimes(1)
    expect(onExtended).toHaveBeenCalledTimes(1)
    await advance(130_000)
    expect(onWarning).toHaveBeenCalledTimes(2)
    expect(onExpired.mock.calls).toEqual([[{ reason: handles ? 'idle' : expect.any(String) }]])
  })

  test('calls onBeforeExpire ten seconds before the end, once per warning, while the session lives', async () => {
    const signals: AbortSignal[] = []
    const onBeforeExpire = vi.fn(async ({ signal }: { signal: AbortSignal }) => {
      signals.push(signal)
    })
    const { first, server, advance } = await active({ onBeforeExpire })
    await advance(108_500)
    expect(onBeforeExpire).not.toHaveBeenCalled()
    await advance(1_000)
    expect(onBeforeExpire).toHaveBeenCalledTimes(1)
    expect(server.remaining()).toBeGreaterThan(9_000)
    expect(signals[0]?.aborted).toBe(false)
    await advance(1_000)
    void first.session.extend()
    await advance(115_000)
    expect(onBeforeExpire).toHaveBeenCalledTimes(2)
    await advance(10_000)
    expect(first.view().status).toBe('expired')
    expect(signals[1]?.aborted).toBe(true)
  })

  test('an onBeforeExpire that never resolves does not delay the end', async () => {
    const { first, advance } = await active({ onBeforeExpire: () => new Promise(() => {}) })
    await advance(119_200)
    expect(first.view().status).toBe('expired')
  })

  test('one tab calls endElsewhere, and the others wait for it', async () => {
    let finish = () => {}
    const endElsewhere = vi.fn(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve
        }),
    )
    const { tabs, advance } = await active({ endElsewhere }, 3)
    await advance(121_000)
    expect(endElsewhere).toHaveBeenCalledTimes(1)
    const done = tabs.map(() => false)
    tabs.forEach((tab, index) => {
      void tab.session.endedElsewhere()?.then(() => {
        done[index] = true
      })
    })
    await advance(1_000)
    expect(done).toEqual([false, false, false])
    finish()
    await advance(1_000)
    expect(done).toEqual([true, true, true])
    expect(endElsewhere).toHaveBeenCalledTimes(1)
  })

  test('an endElsewhere that never resolves is waited for no longer than five seconds', async () => {
    let given: AbortSignal | undefined
    const { first, advance } = await active({
      endElsewhere: ({ signal }) => {
        given = signal
        return new Promise(() => {})
      },
    })
    await advance(119_100)
    let done = false
    void first.session.endedElsewhere()?.then(() => {
      done = true
    })
    await advance(4_000)
    expect(done).toBe(false)
    await advance(2_000)
    expect(done).toBe(true)
    expect(given?.aborted).toBe(true)
  })

  test('endElsewhere runs after a sign-out, but not for a user who was never signed in', async () => {
    const endElsewhere = vi.fn(async () => {})
    const { first, advance } = await active({ endElsewhere })
    void first.session.signOut()
    await advance(1_000)
    expect(endElsewhere.mock.calls).toHaveLength(1)

    const world = createSimulation({ policy, session: { endpoint: '/x', endElsewhere } })
    world.open()
    await world.advance(1_000)
    expect(endElsewhere.mock.calls).toHaveLength(1)
  })

  test('endElsewhere runs again when the user signs in and out a second time', async () => {
    const endElsewhere = vi.fn(async () => {})
    const { tabs, server, advance } = await active({ endElsewhere }, 3)
    for (let time = 1; time <= 3; time += 1) {
      void tabs[time % 3]?.session.signOut()
      await advance(7_000)
      expect(endElsewhere).toHaveBeenCalledTimes(time)
      server.signIn('ada')
      tabs[0]?.reload()
      await advance(2_000)
      expect(tabs.map((tab) => tab.view().status)).toEqual(['active', 'active', 'active'])
    }
  })

  test('a tab that learns late of an old end does not call endElsewhere for the newer session', async () => {
    const endElsewhere = vi.fn(async () => {})
    const { tabs, server, advance } = await active({ endElsewhere }, 3)
    tabs[2]?.freeze()
    void tabs[0]?.session.signOut()
    await advance(7_000)
    server.signIn('ada')
    tabs[1]?.reload()
    await advance(2_000)
    tabs[2]?.resume()
    await advance(7_000)
    expect(endElsewhere).toHaveBeenCalledTimes(1)
    // Without handles the tab can't tell the new session from the one that has ended.
    expect(tabs[2]?.view().status).toBe(handles ? 'active' : 'expired')
  })
})
