export interface RateLimit {
  /** Requests that may come at once. */
  burst: number
  /** Requests a second after that. */
  perSecond: number
}

/** Seconds to wait, or 0 where the request may pass. */
export type RateLimiter = (key: string) => number

/**
 * One number a key: the moment until which its requests are already spoken for (GCRA). A key that
 * was quiet for a full refill is as good as new, so two generations of keys are all that is kept,
 * and forgetting costs nothing.
 */
export function createRateLimiter(
  { burst, perSecond }: RateLimit,
  now: () => number,
  maxKeys = 100_000,
): RateLimiter {
  const step = 1_000 / perSecond
  const refill = step * burst
  let current = new Map<string, number>()
  let previous = new Map<string, number>()
  let turnAt = now() + refill

  return (key) => {
    const time = now()
    if (time >= turnAt || current.size >= maxKeys) {
      previous = current
      current = new Map()
      turnAt = time + refill
    }
    const spokenFor = Math.max(time, current.get(key) ?? previous.get(key) ?? 0)
    if (spokenFor + step - time > refill)
      return Math.ceil((spokenFor + step - time - refill) / 1_000)
    current.set(key, spokenFor + step)
    return 0
  }
}
