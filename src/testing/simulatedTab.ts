import { pickCallbacks } from '../core/callbacks.js'
import { combineClocks } from '../core/combineClocks.js'
import { createSession } from '../core/createSession.js'
import type { Environment, PageEvent } from '../core/environment.js'
import { collectMistakes } from '../core/optionMistakes.js'
import type { SessionOptions } from '../core/options.js'
import { readOptions } from '../core/readOptions.js'
import type { Session, SessionState } from '../core/session.js'
import type { Transport } from '../core/transport.js'
import type { Random } from './random.js'
import type { Schedule } from './schedule.js'
import type { SimulatedBrowser } from './simulatedBrowser.js'

/** One tab of the simulated browser, with a session of its own running in it. */
export interface SimulatedTab {
  readonly name: string
  /** The running session; another one after each load of the document. */
  readonly session: Session
  /** Open, neither frozen nor asleep with its machine. */
  readonly awake: boolean
  readonly closed: boolean
  /** How many wake-ups are armed: one at the most. */
  readonly armedTimers: number
  /** How often a wake-up was armed since the document was loaded. */
  readonly timersSet: number
  /** What a person in front of the tab sees. */
  view(): SessionState
  /** A real input: a key, a move of the mouse. */
  input(): void
  /** The browser stops the tab's tasks; they run when it goes on. */
  freeze(): void
  resume(): void
  /** Left, and kept in the back/forward cache. */
  goAway(): void
  /** Brought back from there. */
  comeBack(): void
  /** Looked at again. */
  show(): void
  /** Closed in order: it may still say good-bye. */
  close(): void
  /** Gone without a word, whatever it held. */
  crash(): void
  /** Loads the document anew. */
  reload(): void
}

interface World {
  schedule: Schedule
  browser: SimulatedBrowser
  random: Random
  transport: Transport | null
  options: SessionOptions
  log: (text: string) => void
}

export function openTab(name: string, world: World): SimulatedTab {
  const { schedule, browser } = world
  let frozen = false
  let closed = false
  let waiting: (() => void)[] = []
  let document_ = load()

  /** Runs a task of this tab's now, or when the tab goes on. */
  function task(owner: { gone: boolean }, run: () => void): void {
    if (closed || owner.gone) return
    if (frozen || browser.asleep) waiting.push(() => task(owner, run))
    else run()
  }

  function load() {
    return loadDocument(world, task, () => schedule.add(5, reload))
  }

  function reload(): void {
    if (closed) return
    document_.leave()
    document_ = load()
  }

  function goOn(): void {
    if (frozen || browser.asleep) return
    const tasks = waiting
    waiting = []
    for (const run of tasks) run()
  }

  return {
    name,
    get session() {
      return document_.session
    },
    get awake() {
      return !closed && !frozen && !browser.asleep
    },
    get closed() {
      return closed
    },
    get armedTimers() {
      return document_.armedTimers()
    },
    get timersSet() {
      return document_.timersSet()
    },
    view: () => document_.session.getState(),
    input: () => {
      if (!closed && !frozen && !browser.asleep) document_.input()
    },
    freeze: () => {
      frozen = true
    },
    resume: () => {
      frozen = false
      goOn()
      document_.tell('returned')
    },
    goAway: () => {
      document_.tell('leaving')
      frozen = true
    },
    comeBack: () => {
      frozen = false
      document_.tell('restored')
      goOn()
    },
    show: () => {
      goOn()
      if (!closed && !frozen && !browser.asleep) document_.tell('returned')
    },
    close: () => {
      document_.tell('leaving')
      document_.leave()
      closed = true
    },
    crash: () => {
      document_.leave()
      closed = true
    },
    reload,
  }
}

type Task = (owner: { gone: boolean }, run: () => void) => void

function loadDocument(
  { schedule, browser, random, transport, options }: World,
  task: Task,
  onReload: () => void,
) {
  const owner = { gone: false }
  const begun = schedule.now() - browser.sleptFor
  const wall = () => schedule.now() + browser.wallOffset
  const monotonic = () => schedule.now() - browser.sleptFor - begun
  const clock = { ...combineClocks(wall, monotonic), wall, pageStart: () => 0 }
  const timers = new Set<() => void>()
  const pages = new Set<(event: PageEvent) => void>()
  let timersSet = 0
  let tellInput: ((at: number) => number) | null = null
  let kept: number | null = null
  let restUntil = Number.NEGATIVE_INFINITY

  const environment: Environment = {
    clock,
    random,
    alarm: (ring) => {
      let cancel: (() => void) | null = null
      const disarm = () => {
        if (cancel) timers.delete(cancel)
        cancel?.()
        cancel = null
      }
      return {
        set: (moment) => {
          disarm()
          if (moment === null) return
          // Timers are late, and sometimes a little early.
          const delay = moment - clock.now() + (random() < 0.1 ? -1 : random() * 10)
          const forget = schedule.add(delay, () =>
            task(owner, () => {
              if (cancel !== forget) return
              disarm()
              ring()
            }),
          )
          cancel = forget
          timers.add(forget)
          timersSet += 1
        },
      }
    },
    channel: (name, receive) => browser.openPort(name, (data) => task(owner, () => receive(data))),
    mutex: (name) => ({
      tryRun: async (run) => {
        if (browser.locks.has(name)) return false
        browser.locks.set(name, owner)
        await run()
        schedule.add(50, () => task(owner, () => release(name)))
        return true
      },
      close: () => release(name),
    }),
    storage: (name) => ({
      load: () => JSON.parse(browser.storage.get(name) ?? 'null'),
      save: (value) => browser.storage.set(name, JSON.stringify(value)),
      clear: () => browser.storage.delete(name),
    }),
    input: (onInput) => {
      tellInput = onInput
      return {
        take: () => {
          const at = kept
          kept = null
          return at
        },
        stop: () => {
          tellInput = null
        },
      }
    },
    page: (on) => {
      pages.add(on)
      return () => pages.delete(on)
    },
    cover: () => {},
    reload: onReload,
    pause: (ms) =>
      new Promise((resolve) => schedule.add(ms, () => task(owner, () => resolve(undefined)))),
    reportError: (error) => {
      throw error
    },
    running: new Map(),
  }

  function release(name: string): void {
    if (browser.locks.get(name) === owner) browser.locks.delete(name)
  }

  const mistakes = collectMistakes('the simulation')
  const { config, name } = readOptions(options, random(), mistakes)
  mistakes.check()
  const callbacks = pickCallbacks(options)
  const tabTransport = transport && inTab(transport, owner, task)
  const session = createSession(
    { config, name, transport: tabTransport, initial: null, callbacks },
    environment,
  )
  session.start()

  return {
    session,
    armedTimers: () => timers.size,
    timersSet: () => timersSet,
    tell: (event: PageEvent) => {
      for (const on of pages) on(event)
    },
    input: () => {
      const at = monotonic()
      if (at < restUntil) {
        kept = clock.momentOf(at)
        return
      }
      kept = null
      restUntil = at + (tellInput?.(clock.momentOf(at)) ?? 0)
    },
    leave: () => {
      owner.gone = true
      for (const name of browser.locks.keys()) release(name)
    },
  }
}

/** Answers reach a tab only while it runs. */
function inTab(transport: Transport, owner: { gone: boolean }, task: Task): Transport {
  function guarded<Result>(work: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      work.then(
        (result) => task(owner, () => resolve(result)),
        (error) => task(owner, () => reject(error)),
      )
    })
  }
  return {
    ask: (request) => guarded(transport.ask(request)),
    end: (request) => guarded(transport.end?.(request) ?? Promise.resolve()),
  }
}
