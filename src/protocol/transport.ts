import type { ActiveVerdict, Verdict } from './verdict.js'

export interface AskRequest {
  /** Handle of the session on this page; absent until the page knows it. */
  session?: string
  /** Whole milliseconds since the last known activity. If absent, the request reports nothing. */
  idleFor?: number
  /** The user leaves the page, and the request must arrive all the same. */
  keepalive?: boolean
  /** Aborted when the page no longer waits for the answer. */
  signal: AbortSignal
}

export interface EndRequest {
  session?: string
  signal: AbortSignal
}

/** How the page talks to a back end. If `ask` throws or rejects, the verdict is `unknown`. */
export interface Transport {
  /**
   * Asks how the session stands. With `idleFor` it also reports how long the user has been idle.
   */
  ask(request: AskRequest): Promise<Verdict>
  /**
   * Ends the session. Resolves to `undefined` if the server has confirmed the end, or to a verdict
   * if the cookie belongs to another session, which lives on. Rejects otherwise.
   */
  end?(request: EndRequest): Promise<ActiveVerdict | undefined> | Promise<void>
}
