import fc from 'fast-check'
import type {
  ServerMood,
  SimulatedHeaders,
  SimulatedTab,
  Simulation,
} from '../../../src/testing.js'

/** One event in a simulation: of its users, tabs, clocks or server. */
export type Step =
  | { kind: 'wait'; ms: number }
  | { kind: 'input'; tab: number; times: number }
  | {
      kind:
        | 'extend'
        | 'signOut'
        | 'freeze'
        | 'resume'
        | 'show'
        | 'revisit'
        | 'close'
        | 'crash'
        | 'reload'
      tab: number
    }
  | { kind: 'open' }
  | { kind: 'sleep'; ms: number }
  | { kind: 'stepClock'; ms: number }
  | { kind: 'server'; mood: ServerMood }
  | { kind: 'messages'; lost: number; doubled: number; late: number }
  | { kind: 'signIn'; person: string; tab: number }
  /** On a page that does not use the library, so no tab gets a message. */
  | { kind: 'signInElsewhere'; person: string }
  /** The app's own request in that tab, answered by the server or from a cache. */
  | { kind: 'request'; tab: number; cached: boolean }
  | { kind: 'rotate' }
  | { kind: 'revoke' }

const tab = fc.nat(9)

/** Histories that mostly consist of waiting and input, like those of real users. */
export const history: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('wait' as const),
        ms: fc.oneof(fc.nat(2_000), fc.nat(130_000)),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('input' as const),
        tab,
        times: fc.integer({ min: 1, max: 20 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('extend' as const), tab }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          'freeze' as const,
          'resume' as const,
          'show' as const,
          'revisit' as const,
          'close' as const,
          'crash' as const,
          'reload' as const,
        ),
        tab,
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('open' as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('sleep' as const),
        ms: fc.oneof(fc.nat(10_000), fc.nat(8 * 3_600_000)),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('stepClock' as const),
        ms: fc.constantFrom(-3_600_000, -5_000, 5_000, 3_600_000),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('server' as const),
        mood: fc.constantFrom<ServerMood>('well', 'well', 'refusing', 'silent', 'odd'),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('messages' as const),
        lost: fc.constantFrom(0, 0, 0.5, 1),
        doubled: fc.constantFrom(0, 0.5),
        late: fc.constantFrom(2, 2, 3_000),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('signIn' as const),
        person: fc.constantFrom('ada', 'ada', 'bob'),
        tab,
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('signOut' as const), tab }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('request' as const),
        tab,
        cached: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('signInElsewhere' as const),
        person: fc.constantFrom('ada', 'bob'),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'rotate' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'revoke' as const }) },
  ),
  { maxLength: 40 },
)

export interface Observer {
  /** A user did something in a tab that shows its content. */
  acted(tab: SimulatedTab): void
  signedIn(): void
  /** The app got a response that belongs to this person. */
  received(tab: SimulatedTab, person: string | null): void
}

/** The app's own part of a simulation: its sign-in, its responses and its cache. */
export interface Site {
  signIn(person: string): void
  /** The responses to the app's own requests name session and person. */
  readonly namesSessions: boolean
  /** The first response, which a cache-first service worker would repeat for ever. */
  cached: SimulatedHeaders | null
}

export async function play(
  step: Step,
  world: Simulation,
  observer: Observer,
  site: Site,
): Promise<void> {
  const chosen = 'tab' in step ? world.tabs[step.tab % world.tabs.length] : undefined
  switch (step.kind) {
    case 'wait':
      return world.advance(step.ms)
    case 'sleep':
      return world.sleep(step.ms)
    case 'stepClock':
      world.stepClock(step.ms)
      // A user who sets the clock comes back to a tab. If no tab noticed before the machine slept,
      // a clock that was set back would mask as much sleep (docs/tabs-and-time.md).
      for (const tab of world.tabs) if (!tab.closed) tab.show()
      return
    case 'server':
      world.server.mood = step.mood
      return
    case 'messages':
      Object.assign(world.browser.faults, {
        lost: step.lost,
        doubled: step.doubled,
        late: step.late,
      })
      return
    case 'revoke':
      return world.server.revoke()
    case 'open':
      if (world.tabs.length < 10) world.open()
      return
    case 'rotate':
      return world.server.rotate()
    case 'signInElsewhere':
      site.signIn(step.person)
      return observer.signedIn()
    case 'signIn':
      site.signIn(step.person)
      observer.signedIn()
      // The user signs in on a separate page, which then loads the app.
      chosen?.reload()
      return world.advance(100)
  }
  if (!chosen || chosen.closed) return
  switch (step.kind) {
    case 'input':
      for (let time = 0; time < step.times; time += 1) {
        if (chosen.awake && !chosen.view().covered) observer.acted(chosen)
        chosen.input()
        await world.advance(200)
      }
      return
    case 'extend':
      if (chosen.awake && !chosen.view().covered) observer.acted(chosen)
      if (chosen.awake) void chosen.session.extend()
      return world.advance(10)
    case 'request':
      if (chosen.awake) request(chosen, step.cached, world, observer, site)
      return world.advance(10)
    case 'signOut':
      if (chosen.awake) void chosen.session.signOut()
      return world.advance(10)
    default:
      chosen[step.kind]()
      return world.advance(10)
  }
}

/** Like `createSessionFetch`, but without network time. */
function request(
  tab: SimulatedTab,
  isCached: boolean,
  { server }: Simulation,
  observer: Observer,
  site: Site,
): void {
  const { covered, status } = tab.view()
  // Such a request would wait, or not be sent; and a server that does not answer gives no headers.
  if (covered || status === 'expired' || server.mood !== 'well' || !site.namesSessions) return
  const fresh = server.headers()
  site.cached ??= fresh
  const headers = isCached ? site.cached : fresh
  if (headers && tab.session.hint({ ...headers, age: 0 }))
    observer.received(tab, headers.subject ?? null)
}
