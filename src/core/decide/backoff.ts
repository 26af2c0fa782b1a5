const firstMs = 1_000
const longestMs = 60_000

/**
 * How long (ms) to wait after this many failures in a row. It doubles from a second to a minute;
 * `jitter` (0 to 1) cuts it by up to half. It is never shorter than the server's `retryAfter`.
 */
export function backoff(failures: number, jitter: number, retryAfter = 0): number {
  const delay = Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1))
  return Math.max(retryAfter, delay * (0.5 + jitter / 2))
}
