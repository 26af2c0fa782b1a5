import type { SessionOptions } from '../core/options/options.js'
import { defaultPolicy, type Policy } from '../protocol/policy.js'
import type { Transport } from '../protocol/transport.js'
import type { ActiveVerdict, Verdict } from '../protocol/verdict.js'
import { createRandom } from './random.js'
import { createSchedule, settle } from './schedule.js'
import { createSimulatedBrowser, type SimulatedBrowser } from './simulatedBrowser.js'
import { createSimulatedServer, type SimulatedServer } from './simulatedServer.js'
import { openTab, type SimulatedTab } from './simulatedTab.js'

export interface SimulationOptions {
  /** The same seed gives the same run. @default 1 */
  seed?: number
  /** The server's policy. @default a warning after 8 min, the end after 10 */
  policy?: Partial<Policy>
  /**
   * Options of each tab's session. A function is called for each document that a tab loads.
   * @default `{ endpoint: '/session-security' }`
   */
  session?: SessionOptions | (() => SessionOptions)
  /**
   * `false`: answers contain no handle of session or person, and no reason for an end. Those of
   * django-session-security are like that.
   * @default true
   */
  handles?: boolean
  /** Longest round trip to the server, in ms. @default 40 */
  latency?: number
  /** Called after each event, to check invariants. */
  onStep?: () => void
}

/** A browser with any number of tabs, and a server, on a clock that the test moves. */
export interface Simulation {
  readonly tabs: readonly SimulatedTab[]
  readonly browser: SimulatedBrowser
  readonly server: SimulatedServer
  /** True time in ms since the simulation started. */
  now(): number
  /** Opens a tab, which starts its session at once. */
  open(): SimulatedTab
  /** Lets time pass. */
  advance(ms: number): Promise<void>
  /** The machine sleeps: nothing runs, and its monotonic clock stands still. */
  sleep(ms: number): Promise<void>
  /** Moves the wall clock by this much, forward or (negative) back. */
  stepClock(ms: number): void
  /** What happened, one event per line, with the true time. Read it when a run fails. */
  timeline(): string
}

/**
 * Simulates tabs with real sessions. The core is the one that runs in browsers; only its
 * environment is simulated. The same seed repeats a run exactly.
 */
export function createSimulation(options: SimulationOptions = {}): Simulation {
  const { seed = 1, latency = 40, handles = true, onStep = () => {} } = options
  const random = createRandom(seed)
  const schedule = createSchedule()
  const browser = createSimulatedBrowser(schedule, random)
  const server = createSimulatedServer(schedule.now, { ...defaultPolicy, ...options.policy })
  const { session = { endpoint: '/session-security' } } = options
  const optionsNow = () => (typeof session === 'function' ? session() : session)
  const tabs: SimulatedTab[] = []
  const lines: string[] = []
  const seen = new Map<SimulatedTab, string>()

  function log(text: string): void {
    lines.push(`${(schedule.now() / 1_000).toFixed(3).padStart(12)} s  ${text}`)
  }

  function step(): void {
    for (const tab of tabs) {
      if (tab.closed) continue
      const { status, covered, reason, unreachable } = tab.view()
      const shown = [status, reason, covered && 'covered', unreachable && 'unreachable']
        .filter(Boolean)
        .join(' ')
      if (seen.get(tab) === shown) continue
      seen.set(tab, shown)
      log(`${tab.name}: ${shown}`)
    }
    onStep()
  }

  function afterRoundTrip<Result>(signal: AbortSignal, what: () => Result): Promise<Result> {
    server.underWay += 1
    return new Promise<Result>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')))
      const there = random() * (latency / 2)
      const back = random() * (latency / 2)
      schedule.add(there, () => {
        const { mood } = server
        if (mood === 'silent') return
        const result = mood === 'well' ? what() : null
        schedule.add(back, () => {
          if (mood === 'well') resolve(result as Result)
          else reject(new Error(`The server is ${mood}.`))
        })
      })
    }).finally(() => {
      server.underWay -= 1
    })
  }

  /** A back end without handles applies every request to the cookie's session. */
  function theSession(handle: string | undefined): { session?: string } {
    const session = handles ? handle : server.handle
    return session ? { session } : {}
  }

  const transport: Transport = {
    ask: ({ session: handle, idleFor, signal }) => {
      log(`asks ${handle ?? '(unknown)'}${idleFor === undefined ? '' : `, idle for ${idleFor} ms`}`)
      return afterRoundTrip(signal, () =>
        namedIf(
          handles,
          server.ask({
            ...theSession(handle),
            ...(idleFor !== undefined && { idleFor }),
          }),
        ),
      )
    },
    end: ({ session: handle, signal }) =>
      afterRoundTrip(signal, () => {
        const living = server.end(theSession(handle).session)
        log(`signs out ${handle ?? '(unknown)'}${living ? `, but ${living.session} lives` : ''}`)
        return living && (namedIf(handles, living) as ActiveVerdict)
      }),
  }

  return {
    tabs,
    browser,
    server,
    now: schedule.now,
    open: () => {
      const name = `tab ${tabs.length + 1}`
      const { endpoint, transport: own } = optionsNow()
      const hasServer = endpoint !== undefined || own !== undefined
      const tab = openTab(name, {
        schedule,
        browser,
        random,
        transport: hasServer ? transport : null,
        options: optionsNow,
      })
      tabs.push(tab)
      step()
      return tab
    },
    advance: async (ms) => {
      await settle()
      await schedule.pass(ms, step)
    },
    sleep: async (ms) => {
      log(`sleeps for ${ms} ms`)
      browser.asleep = true
      await schedule.pass(ms, () => {})
      browser.asleep = false
      browser.sleptFor += ms
      for (const tab of tabs) if (!tab.closed) tab.show()
      await settle()
      step()
    },
    stepClock: (ms) => {
      log(`the clock is set by ${ms} ms`)
      browser.wallOffset += ms
    },
    timeline: () => lines.join('\n'),
  }
}

function namedIf(handles: boolean, verdict: Verdict): Verdict {
  if (handles) return verdict
  if (verdict.state === 'ended') return { state: 'ended', reason: 'unknown' }
  const { session, subject, ...nameless } = verdict as ActiveVerdict
  return nameless
}
