export interface AttemptOptions {
  /** How many wrong guesses are allowed at once. */
  attempts: number
  /** Milliseconds until one more guess is allowed. */
  refillEvery: number
  /** How many names or addresses are counted at the same time. @default 100_000 */
  maxKeys?: number
  /** @default performance.now */
  now?: () => number
}

/**
 * Counts wrong guesses per key, such as a user's name or an address, in this process only. With
 * several processes keep the counts in a store that they share.
 */
export function limitAttempts(options: AttemptOptions) {
  const { attempts, refillEvery, maxKeys = 100_000, now = () => performance.now() } = options
  // Per key: the moment at which all of its attempts are allowed again.
  const fullAt = new Map<string, number>()

  function forgetWhatIsFull() {
    for (const [key, moment] of fullAt) if (moment <= now()) fullAt.delete(key)
  }

  return {
    /** Seconds until the key may try again; 0 if it may now. */
    secondsToWait(key: string): number {
      if (!fullAt.has(key) && fullAt.size >= maxKeys) {
        forgetWhatIsFull()
        // Do not make room by dropping other keys: a flood of names could then clear any count.
        if (fullAt.size >= maxKeys) return Math.ceil(refillEvery / 1_000)
      }
      const spent = (fullAt.get(key) ?? 0) - now()
      return Math.max(0, Math.ceil((spent - (attempts - 1) * refillEvery) / 1_000))
    },

    /** Call it before the password is checked: of a thousand simultaneous guesses only the first few pass. */
    take(key: string): void {
      fullAt.set(key, Math.max(now(), fullAt.get(key) ?? 0) + refillEvery)
    },

    /** Call it if the password was right: then it was no guess. */
    giveBack(key: string): void {
      fullAt.set(key, (fullAt.get(key) ?? 0) - refillEvery)
    },
  }
}
