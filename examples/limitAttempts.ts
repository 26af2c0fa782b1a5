export interface AttemptOptions {
  /** Wrong guesses that may come at once. */
  attempts: number
  /** Milliseconds until one of them is given back. */
  refillEvery: number
  /** Names or addresses that are counted at the same time. @default 100_000 */
  maxKeys?: number
  /** @default performance.now */
  now?: () => number
}

/**
 * Counts wrong guesses for each key, such as a user's name or an address. In this process only: with
 * several, keep the counts where all of them look.
 */
export function limitAttempts(options: AttemptOptions) {
  const { attempts, refillEvery, maxKeys = 100_000, now = () => performance.now() } = options
  // For each key the moment at which all of its attempts are back.
  const fullAt = new Map<string, number>()

  function forgetWhatIsFull() {
    for (const [key, moment] of fullAt) if (moment <= now()) fullAt.delete(key)
  }

  return {
    /** Seconds until the key may try again, or 0. */
    secondsToWait(key: string): number {
      if (!fullAt.has(key) && fullAt.size >= maxKeys) {
        forgetWhatIsFull()
        // To make room by forgetting others would let a flood of names clear any count.
        if (fullAt.size >= maxKeys) return Math.ceil(refillEvery / 1_000)
      }
      const spent = (fullAt.get(key) ?? 0) - now()
      return Math.max(0, Math.ceil((spent - (attempts - 1) * refillEvery) / 1_000))
    },

    /** Before the password is checked: of a thousand guesses at once only the first few pass. */
    take(key: string): void {
      fullAt.set(key, Math.max(now(), fullAt.get(key) ?? 0) + refillEvery)
    },

    /** The password was right, so it was no guess. */
    giveBack(key: string): void {
      fullAt.set(key, (fullAt.get(key) ?? 0) - refillEvery)
    },
  }
}
