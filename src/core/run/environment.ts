import type { ClockChanges } from '../decide/clockTrust.js'

/**
 * Everything the core needs from the outside. `src/browser` implements it with one small file per
 * member, and the simulator does, too. Moments are in ms on one clock, which never goes back and
 * runs during sleep.
 */
export interface Environment {
  clock: Clock
  /** A number from 0 to 1. Called once per session. */
  random(): number
  /** One alarm. Setting it again replaces the old moment. It may ring late, or a little early. */
  alarm(ring: () => void): Alarm
  /** Sends messages to the other tabs, not to this one, and receives theirs. */
  channel(name: string, receive: (data: unknown) => void): Channel
  /**
   * A mutex across tabs, as far as the browser can provide one. It is released slightly after the
   * task ends, so that the other tabs receive the result before they can start their own request.
   */
  mutex(name: string): Mutex
  storage(name: string): FactStorage
  input(onInput: (at: number) => number): InputSource
  page(on: (event: PageEvent) => void): () => void
  /** Hides or shows the page. `over`: the session has ended, until somebody signs in again. */
  cover(covered: boolean, over: boolean): void
  /** Reloads the document. */
  reload(): void
  pause(ms: number): Promise<void>
  /** Reports an error that a callback of the app has thrown. Must not throw it. */
  reportError(error: unknown): void
  /**
   * The sessions that run in this document, by name. Two with one name would fight over the page.
   */
  running: Map<string, Release>
}

export interface Clock {
  now(): number
  /** The wall clock. All tabs share it, so it is used in messages, but it can be set. */
  wall(): number
  /** When `now` last found that the wall clock had changed. */
  changes(): ClockChanges
  /** When the request for this document was sent, or a moment before that. */
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
  /**
   * Runs the task while holding the mutex. Resolves to `false`, without running it, if another tab
   * holds it.
   */
  tryRun(task: () => Promise<void>): Promise<boolean>
  close(): void
}

export interface FactStorage {
  load(): unknown
  save(value: unknown): void
  clear(): void
}

/**
 * Real input. `onInput` gets the moment of the input and returns how long (ms) the source may hold
 * back what comes next. {@link take} picks that up.
 */
export interface InputSource {
  /** The moment of the newest input that was held back, or `null`. */
  take(): number | null
  stop(): void
}

/**
 * - `returned`: the page is visible, focused, resumed or online again
 * - `revisited`: the same, after it was hidden or another window had the focus
 * - `restored`: the page comes out of the back/forward cache
 * - `leaving`: the user leaves the page, perhaps for good
 */
export type PageEvent = 'returned' | 'revisited' | 'restored' | 'leaving'

/** Stops a session that nobody uses any more. Returns `false` if it is in use. */
export type Release = () => boolean
