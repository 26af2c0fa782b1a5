import type { SessionOptions } from '../../../src/core/options/options.js'
import { createSimulation, type SimulatedTab, type Simulation } from '../../../src/testing.js'
import { play, type Site, type Step } from './history.js'
import { type Watch, watch } from './invariants.js'

const warnAfter = 60_000
const expireAfter = 120_000
const disturbing = new Set<Step['kind']>([
  'sleep',
  'stepClock',
  'freeze',
  'resume',
  'server',
  'messages',
  'signIn',
  'signInElsewhere',
  'open',
  'reload',
  // The last input in a tab may be lost with it.
  'close',
  'crash',
])

/** Who decides whether a session lives, and whether its answers contain handles. */
export type Judge = 'server' | 'server without handles' | 'no server'

/** Plays a history, repairs all faults at the end, and throws if an invariant is broken. */
export async function run(
  seed: number,
  steps: Step[],
  judge: Judge = 'server',
): Promise<Simulation> {
  let world: Simulation | null = null
  const current = () => {
    if (!world) throw new Error('The simulation has not started.')
    return world
  }
  const observer = watch(current, expireAfter, 2 * expireAfter, judge !== 'no server')
  let signIns = 0
  let subject = 'ada'
  const seen = new Set<string>()
  const alone = (): SessionOptions => {
    const id = `${signIns}`
    // Without a server a session starts with the first document that is given its sign-in.
    if (!seen.has(id) && world) observer.signedIn()
    seen.add(id)
    return { policy: { warnAfter, expireAfter }, name: 'app', signedIn: { id, subject } }
  }
  const simulation = createSimulation({
    seed,
    policy: { warnAfter, expireAfter },
    handles: judge === 'server',
    ...(judge === 'no server' && { session: alone }),
    onStep: () => world && observer.check(),
  })
  const site: Site = {
    cached: null,
    namesSessions: judge === 'server',
    signIn: (person) => {
      signIns += 1
      subject = person
      simulation.server.signIn(person)
    },
  }
  site.signIn('ada')
  simulation.open()
  simulation.open()
  world = simulation
  await simulation.advance(100)
  for (const step of steps) {
    if (disturbing.has(step.kind)) observer.disturb()
    await play(step, simulation, observer, site)
    if (disturbing.has(step.kind)) observer.disturb()
  }
  await heal(simulation, observer)
  return simulation
}

/**
 * Repairs all faults and moves the mouse in one tab. Then all open tabs must agree on the status.
 */
async function heal(world: Simulation, observer: Watch): Promise<void> {
  const { server, browser, tabs, advance, timeline } = world
  observer.disturb()
  server.mood = 'well'
  Object.assign(browser.faults, { lost: 0, doubled: 0, late: 2 })
  for (const tab of tabs) if (!tab.closed) tab.resume()
  // A request to a silent server first hangs until its timeout.
  await advance(15_000)
  const open = tabs.filter((tab) => !tab.closed && tab.view().status !== 'expired')
  const [used] = open
  if (used) observer.acted(used)
  used?.input()
  await twoSecondsWithoutChange(world, open)
  const statuses = new Set(open.map((tab) => tab.view().status))
  statuses.delete('expired')
  if (statuses.size > 1)
    throw new Error(`The tabs disagree: ${[...statuses].join(', ')}\n${timeline()}`)
  if (statuses.has('checking')) throw new Error(`Still checking.\n${timeline()}`)
}

/**
 * An answer may change one tab at any moment. From then on the others have two seconds to follow.
 */
async function twoSecondsWithoutChange(world: Simulation, tabs: SimulatedTab[]): Promise<void> {
  const statuses = () => tabs.map((tab) => tab.view().status).join()
  let before: string
  do {
    before = statuses()
    await world.advance(2_000)
  } while (statuses() !== before)
}
