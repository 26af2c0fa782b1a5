export interface RateLimit {
  /** How many requests may come at once. */
  burst: number
  /** Requests per second after that. */
  perSecond: number
}

/** Returns the seconds to wait, or 0 if the request may pass. */
export type RateLimiter = (key: string) => number

/**
 * Large enough for 100,000 requests per second at the default limit before keys affect each
 * other.
 */
const defaultSlots = 65_536

/**
 * A leaky bucket per key (GCRA): one number, the moment until which the bucket's capacity is used
 * up. The numbers are in two tables of fixed size. The key determines a place in each, and the
 * lower number counts. So memory is bounded, and no bucket is forgotten, however many keys come.
 * Keys that share a place in one table hardly ever share one in the other. Outsiders cannot aim
 * at a place, because it also depends on a random number of the process.
 */
export function createRateLimiter(
  { burst, perSecond }: RateLimit,
  now: () => number,
  slots = defaultSlots,
): RateLimiter {
  const step = 1_000 / perSecond
  const refill = step * burst
  const first = new Float64Array(slots).fill(-Infinity)
  const second = new Float64Array(slots).fill(-Infinity)
  const [firstSeed, secondSeed] = [drawSeed(), drawSeed()]

  return (key) => {
    const time = now()
    const a = hash(key, firstSeed) % slots
    const b = hash(key, secondSeed) % slots
    const spokenFor = Math.max(time, Math.min(first[a] ?? 0, second[b] ?? 0)) + step
    if (spokenFor - time > refill) return Math.ceil((spokenFor - time - refill) / 1_000)
    first[a] = Math.max(first[a] ?? 0, spokenFor)
    second[b] = Math.max(second[b] ?? 0, spokenFor)
    return 0
  }
}

const drawSeed = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0

/** FNV-1a, with the bits mixed as in MurmurHash3. */
function hash(key: string, seed: number): number {
  let value = seed
  for (let i = 0; i < key.length; i++) value = Math.imul(value ^ key.charCodeAt(i), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
