const first = 1_000
const longest = 60_000

/**
 * How long to wait after so many failures, in ms: doubling from a second to a minute, between
 * half and all of it by `jitter`, and never shorter than the server asked for.
 */
export function backoff(failures: number, jitter: number, retryAfter = 0): number {
  const delay = Math.min(longest, first * 2 ** Math.max(0, failures - 1))
  return Math.max(retryAfter, delay * (0.5 + jitter / 2))
}
