import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Effect, Event } from '../../../src/core/decide/state.js'
import { connect } from '../../../src/core/run/connect.js'
import { createRequests } from '../../../src/core/run/createRequests.js'
import type { Environment, Mutex, PageEvent } from '../../../src/core/run/environment.js'
import type { Transport } from '../../../src/protocol/transport.js'
import type { ActiveVerdict, Verdict } from '../../../src/protocol/verdict.js'

type Ask = Extract<Effect, { type: 'ask' }>

const active: ActiveVerdict = { state: 'active', session: 's', idle: 0 }
const later = () => new Promise((resolve) => setTimeout(resolve))

let now: number
let setBackAt: number
let events: Event[]
let isFree: boolean
const clock = {
  now: () => now,
  wall: () => now,
  changes: () => ({ setBackAt, leaptAt: -Infinity }),
  pageStart: () => 0,
}
const mutex: Mutex = {
  tryRun: async (task) => {
    if (isFree) await task()
    return isFree
  },
  close: vi.fn(),
}

beforeEach(() => {
  now = 1_000
  setBackAt = -Infinity
  events = []
  isFree = true
})

function requestsWith(transport: Partial<Transport>) {
  const ask = vi.fn(transport.ask ?? (async (): Promise<Verdict> => active))
  const requests = createRequests({ ...transport, ask }, mutex, { clock }, (event) =>
    events.push(event),
  )
  return { ask, requests }
}

const asking = (more: Partial<Ask> = {}): Ask => ({
  type: 'ask',
  lane: 'background',
  id: 1,
  session: 's',
  upTo: null,
  throughMutex: false,
  ...more,
})

describe('a request', () => {
  test('names the session, and how long ago the activity was that it reports', async () => {
    const { requests, ask } = requestsWith({})
    requests.ask(asking({ upTo: 899.5 }))
    requests.ask(asking({ upTo: 2_000 }))
    requests.ask(asking({ upTo: null }))
    requests.ask(asking({ session: null, upTo: 900 }))
    requests.ask(asking({ session: '', upTo: 900 }))
    await later()
    const sent = ask.mock.calls.map(([request]) => {
      const { signal, ...rest } = request
      expect(signal).toBeInstanceOf(AbortSignal)
      return rest
    })
    expect(sent).toEqual([
      { session: 's', idleFor: 101 },
      { session: 's', idleFor: 0 },
      { session: 's' },
      {},
      { idleFor: 100 },
    ])
  })

  test('reports its answer with the moment it was sent', async () => {
    const { requests } = requestsWith({})
    requests.ask(asking({ id: 7, lane: 'user' }))
    now = 5_000
    await later()
    expect(events).toEqual([
      { type: 'answered', lane: 'user', id: 7, sentAt: 1_000, verdict: active },
    ])
  })

  test('that fails has no verdict', async () => {
    const { requests } = requestsWith({ ask: () => Promise.reject(new Error('offline')) })
    requests.ask(asking())
    await later()
    expect(events).toMatchObject([{ type: 'answered', verdict: { state: 'unknown' } }])
  })

  test('during which the clock was set back has no verdict, unless the session is over', async () => {
    const over: Verdict = { state: 'ended', reason: 'idle' }
    for (const verdict of [active, over]) {
      const { requests } = requestsWith({ ask: async () => verdict })
      requests.ask(asking())
      setBackAt = 1_500
      await later()
      setBackAt = -Infinity
    }
    expect(events).toMatchObject([{ verdict: { state: 'unknown' } }, { verdict: over }])
  })

  test('through the mutex is deferred if another tab has it', async () => {
    isFree = false
    const { requests, ask } = requestsWith({})
    requests.ask(asking({ id: 3, throughMutex: true }))
    await later()
    expect(ask).not.toHaveBeenCalled()
    expect(events).toEqual([{ type: 'deferred', id: 3 }])
    isFree = true
    requests.ask(asking({ id: 4, throughMutex: true }))
    await later()
    expect(events.at(-1)).toMatchObject({ type: 'answered', id: 4 })
  })

  test('that was aborted while it waited for the mutex is neither sent nor deferred', async () => {
    const { requests, ask } = requestsWith({})
    for (const free of [true, false]) {
      isFree = free
      requests.ask(asking({ throughMutex: true }))
      requests.abort('background')
      await later()
    }
    expect(ask.mock.calls.length).toBeLessThanOrEqual(1)
    expect(events.filter(({ type }) => type === 'deferred')).toEqual([])
  })

  test('replaces the one before it in its lane, and no other', () => {
    const signals: AbortSignal[] = []
    const { requests } = requestsWith({
      ask: ({ signal }) => {
        signals.push(signal)
        return new Promise(() => {})
      },
    })
    requests.ask(asking())
    requests.ask(asking({ lane: 'user' }))
    requests.ask(asking())
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false, false])
    requests.abort('user')
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, false])
    requests.stop()
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true])
  })

  test('that is not under way can be aborted', () => {
    expect(() => requestsWith({}).requests.abort('end')).not.toThrow()
  })

  test('reports nothing after it was stopped', async () => {
    const { requests } = requestsWith({})
    requests.ask(asking())
    requests.stop()
    await later()
    expect(events).toEqual([])
  })
})

test('a last report outlives the page, and nobody waits for its answer', async () => {
  const { requests, ask } = requestsWith({})
  requests.lastReport('s', 400)
  await later()
  expect(ask.mock.calls).toMatchObject([[{ session: 's', idleFor: 600, keepalive: true }]])
  expect(events).toEqual([])
})

describe('a sign-out', () => {
  const outcomeOf = async (transport: Partial<Transport>, session: string | null = 's') => {
    const { requests } = requestsWith(transport)
    requests.end(session)
    await later()
    return events.map((event) => event.type === 'signOutAnswered' && event.outcome)
  }

  test('is confirmed by nothing, by an end, or if there is nothing to call', async () => {
    expect(await outcomeOf({ end: async () => {} })).toEqual(['confirmed'])
    events = []
    expect(await outcomeOf({})).toEqual(['confirmed'])
  })

  test('is not confirmed by a living session, a failure, or anything else', async () => {
    const living = (): Promise<ActiveVerdict | undefined> => Promise.resolve(active)
    expect(await outcomeOf({ end: living })).toEqual([active])
    events = []
    expect(
      await outcomeOf({ end: (): Promise<void> => Promise.reject(new Error('offline')) }),
    ).toEqual(['failed'])
    events = []
    expect(await outcomeOf({ end: async () => new Response() as never })).toEqual(['failed'])
  })

  test('of a page that does not know its session only looks', async () => {
    const end = vi.fn(async () => undefined)
    const over: Verdict = { state: 'ended', reason: 'idle' }
    expect(await outcomeOf({ end, ask: async () => active }, null)).toEqual([active])
    events = []
    expect(await outcomeOf({ end, ask: async () => over }, null)).toEqual(['confirmed'])
    expect(end).not.toHaveBeenCalled()
  })
})

describe('the connection to the browser', () => {
  function connected(throttle = 0) {
    const posted: string[] = []
    let opened = 0
    let onPage: (event: PageEvent) => void = () => {}
    let onInput: (at: number) => number = () => 0
    const stops = { input: vi.fn(), page: vi.fn(), alarm: vi.fn() }
    const environment = {
      clock,
      alarm: () => ({ set: stops.alarm }),
      channel: () => {
        opened += 1
        const name = `channel ${opened}`
        return {
          post: () => void posted.push(name),
          close: () => void posted.push(`${name} closed`),
        }
      },
      mutex: () => mutex,
      storage: () => ({ load: () => null, save: () => {}, clear: () => {} }),
      input: (given: typeof onInput) => {
        onInput = given
        return { take: () => null, stop: stops.input }
      },
      page: (given: typeof onPage) => {
        onPage = given
        return stops.page
      },
    } as unknown as Environment
    const connections = connect(
      'app',
      null,
      environment,
      (event) => events.push(event),
      () => throttle,
    )
    return {
      connections,
      posted,
      stops,
      onPage: (event: PageEvent) => onPage(event),
      onInput: (at: number) => onInput(at),
    }
  }

  test('closes its channel when the page is left, and opens another one when it is restored', () => {
    const { connections, posted, onPage } = connected()
    connections.channel.post('a')
    onPage('leaving')
    connections.channel.post('b')
    onPage('returned')
    connections.channel.post('c')
    onPage('restored')
    connections.channel.post('d')
    expect(posted).toEqual(['channel 1', 'channel 1 closed', 'channel 2'])
    expect(events.map(({ type }) => type)).toEqual(['leaving', 'returned', 'restored'])
  })

  test('passes input on, and says how long the source may keep the next', () => {
    const { onInput } = connected(250)
    expect(onInput(5)).toBe(250)
    expect(events).toEqual([{ type: 'input', at: 5 }])
  })

  test('closes everything', () => {
    const { connections, posted, stops } = connected()
    connections.close()
    expect(posted).toEqual(['channel 1 closed'])
    expect(stops.input).toHaveBeenCalledTimes(1)
    expect(stops.page).toHaveBeenCalledTimes(1)
    expect(mutex.close).toHaveBeenCalled()
    expect(connections.requests).toBeNull()
  })
})
