import type { Session, SessionState } from '../core/session.js'
import { loadDocument, type World } from './simulatedDocument.js'

/** One tab of the simulated browser, with its own running session. */
export interface SimulatedTab {
  readonly name: string
  /** The running session. Each load of the document starts another one. */
  readonly session: Session
  /** The tab is open and not frozen, and the machine is not asleep. */
  readonly awake: boolean
  readonly closed: boolean
  /** How many wake-ups are armed. Never more than one. */
  readonly armedTimers: number
  /** How many wake-ups were armed since the document was loaded. */
  readonly timersSet: number
  /** What the tab shows. */
  view(): SessionState
  /** Real input, such as a key or a mouse move. */
  input(): void
  /** The browser stops the tab's tasks. They run when the tab resumes. */
  freeze(): void
  resume(): void
  /** The user leaves the page, and the browser keeps it in the back/forward cache. */
  goAway(): void
  /** The page comes out of the back/forward cache. */
  comeBack(): void
  /** The user looks at the tab again. */
  show(): void
  /** The same, after the tab was hidden or another window had the focus. */
  revisit(): void
  /** Closes the tab. It may still send a last report. */
  close(): void
  /** The tab is gone without a `leaving` event, even if it holds the mutex. */
  crash(): void
  /** Reloads the document. */
  reload(): void
}

export function openTab(name: string, world: World): SimulatedTab {
  const { schedule, browser } = world
  let frozen = false
  let closed = false
  let waiting: (() => void)[] = []
  let document_ = load()

  /** Runs a task of this tab now, or when the tab resumes. */
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

  function runWaiting(): void {
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
      // A browser fires `resume` before it runs the tasks that have waited.
      document_.fire('returned')
      runWaiting()
    },
    goAway: () => {
      document_.fire('leaving')
      frozen = true
    },
    comeBack: () => {
      frozen = false
      document_.fire('restored')
      runWaiting()
    },
    show: () => {
      runWaiting()
      if (!closed && !frozen && !browser.asleep) document_.fire('returned')
    },
    revisit: () => {
      runWaiting()
      if (!closed && !frozen && !browser.asleep) document_.fire('revisited')
    },
    close: () => {
      document_.fire('leaving')
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
