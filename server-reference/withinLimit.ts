import type { Awaitable } from './store.js'

/** What the endpoint asks of others (the store, the app's callbacks) came too late or failed. */
export interface Unavailable {
  unavailable: unknown
}

export const isUnavailable = (value: unknown): value is Unavailable =>
  typeof value === 'object' && value !== null && 'unavailable' in value

/**
 * Runs something that others answer, and gives up on it after `ms`. What answers without a promise
 * costs neither a timer nor a turn of the event loop. A late answer is dropped here; whoever must
 * not miss it has to listen before.
 */
export async function withinLimit<T>(
  ms: number,
  ask: () => Awaitable<T>,
): Promise<T | Unavailable> {
  let timer: NodeJS.Timeout | undefined
  try {
    const answer = ask()
    if (!isThenable(answer)) return answer
    const late = new Promise<Unavailable>((resolve) => {
      timer = setTimeout(resolve, ms, { unavailable: new Error(`No answer within ${ms} ms`) })
    })
    return await Promise.race([answer, late])
  } catch (error) {
    return { unavailable: error }
  } finally {
    clearTimeout(timer)
  }
}

const isThenable = <T>(value: Awaitable<T>): value is Promise<T> =>
  typeof (value as { then?: unknown } | null)?.then === 'function'
