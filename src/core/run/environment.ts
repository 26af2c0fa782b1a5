import type { ClockChanges } from '../decide/clockTrust.js'

/**
 * All that the core asks of the world, each answered by one small file in `src/browser`, and by
 * the simulator. Moments are in ms on one clock that never goes back and runs through sleep.
 */
export interface Environment {
  clock: Clock
  /** 0 to 1. Asked once a session. */
  random(): number
  /** One alarm; setting it anew forgets the old moment. It may ring late, or a little early. */
  alarm(ring: () => void): Alarm
  /** To the other tabs, not to this one. */
  channel(name: string, receive: (data: unknown) => void): Channel
  /**
   * At most one tab at a time, as far as the browser can tell. Held a moment longer than the task:
   * what came of it reaches the other tabs before they could begin.
   */
  mutex(name: string): Mutex
  storage(name: string): FactStorage
  input(onInput: (at: number) => number): InputSource
  page(on: (event: PageEvent) => void): () => void
  /** `over`: the session is, until somebody signs in again. */
  cover(covered: boolean, over: boolean): void
  /** Loads the document anew. */
  reload(): void
  pause(ms: number): Promise<void>
  /** Says that a callback of the app threw, without standing in the way of the rest. */
  reportError(error: unknown): void
  /** What runs in this document, by name: two sessions of one name would fight. */
  running: Map<string, Release>
}

export interface Clock {
  now(): number
  /** The wall clock, which can be set, for what travels between tabs. */
  wall(): number
  /** When it was last found to have changed. Reading `now` finds out. */
  changes(): ClockChanges
  /** When the request for this document was sent, at the latest. */
  pageStart(): number
}

export interface Alarm {
  set(moment: number | null): void
}

export interface Channel {
  post(message: unknown): void
  close(): void
}

export interface Mutex {
  /** Runs the task holding the mutex; `false`, without running it, where another tab holds it. */
  tryRun(task: () => Promise<void>): Promise<boolean>
  close(): void
}

export interface FactStorage {
  load(): unknown
  save(value: unknown): void
  clear(): void
}

/**
 * Real input. `onInput` is told the moment and answers how long the source may rest, in ms: what
 * comes meanwhile is kept for {@link take}.
 */
export interface InputSource {
  /** The newest input not told yet, or `null`. */
  take(): number | null
  stop(): void
}

/**
 * - `returned`: shown, focused, resumed or online again
 * - `revisited`: likewise, after it was hidden or another window had the focus
 * - `restored`: out of the back/forward cache
 * - `leaving`: goes away, perhaps for good
 */
export type PageEvent = 'returned' | 'revisited' | 'restored' | 'leaving'

/** Stops a session that nobody uses any more; `false` where it is in use. */
export type Release = () => boolean
