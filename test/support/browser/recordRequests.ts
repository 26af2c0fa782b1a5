import type { BrowserContext } from 'playwright'

export interface Requests {
  /** How many were sent from `since` (wall clock, ms) on, by all tabs together. */
  since(since: number): number
}

/** Counts what all tabs of the context send to one path of the server. */
export function recordRequests(context: BrowserContext, path: string): Requests {
  const times: number[] = []
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === path) times.push(Date.now())
  })
  return { since: (since) => times.filter((time) => time >= since).length }
}
