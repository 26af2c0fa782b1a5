import type { Session, SessionState } from '../core/session.js'
import { loadDocument, type World } from './simulatedDocument.js'

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
  /** Looked at again after it was hidden, or after another window had the focus. */
  revisit(): void
  /** Closed in order: it may still say good-bye. */
  close(): void
  /** Gone without a word, whatever it held. */
  crash(): void
  /** Loads the document anew. */
  reload(): void
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
      // A page is told that it goes on before it gets what has waited.
      document_.tell('returned')
      goOn()
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
    revisit: () => {
      goOn()
      if (!closed && !frozen && !browser.asleep) document_.tell('revisited')
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
