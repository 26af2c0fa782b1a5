import type { Awaitable } from './store.js'

/** What the endpoint asks of others (the store, the app's callbacks) came too late or failed. */
export interface Unavailable {
  unavailable: unknown
}

export const isUnavailable = (value: unknown): value is Unavailable =>
  typeof value === 'object' && value !== null && 'unavailable' in value

/**
 * Runs something that others answer, and gives up on it after `ms`. A late answer is dropped here;
 * whoever must not miss it has to listen before.
 */
export function withinLimit<T>(ms: number, ask: () => Awaitable<T>): Promise<T | Unavailable> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve({ unavailable: new Error(`No answer within ${ms} ms`) })
    }, ms)
    const settle = (answer: T | Unavailable) => {
      clearTimeout(timer)
      resolve(answer)
    }
    const failed = (error: unknown) => settle({ unavailable: error })
    try {
      Promise.resolve(ask()).then(settle, failed)
    } catch (error) {
      failed(error)
    }
  })
}
