import type { ActiveVerdict, Verdict } from './verdict.js'

export interface AskRequest {
  /** The session that this page believes in; absent until it knows one. */
  session?: string
  /** Whole milliseconds since the last activity known; absent: the question is only a look. */
  idleFor?: number
  /** The page is going away: the request has to outlive it. */
  keepalive?: boolean
  /** Aborted when the answer is no longer waited for. */
  signal: AbortSignal
}

export interface EndRequest {
  session?: string
  signal: AbortSignal
}

/** How the page speaks to a back end. Throwing, or rejecting, is the verdict `unknown`. */
export interface Transport {
  /** Asks how the session stands and, with `idleFor`, reports how long the user has been idle. */
  ask(request: AskRequest): Promise<Verdict>
  /**
   * Ends the session. Resolves with nothing where the server confirmed that it is over, and with the
   * verdict where the cookie belongs to another session, which lives on; rejects otherwise.
   */
  end?(request: EndRequest): Promise<ActiveVerdict | undefined> | Promise<void>
}
