import { type Awaitable, isThenable } from './awaitable.js'

/** The store, or a callback of the app, failed or took too long. */
export interface Unavailable {
  unavailable: unknown
}

export const isUnavailable = (value: unknown): value is Unavailable =>
  typeof value === 'object' && value !== null && 'unavailable' in value

/**
 * Runs a call to the store or the app, and gives up after `ms`. A late answer is dropped. A
 * caller that must not miss it has to handle it inside the call.
 */
export function withinLimit<T>(ms: number, ask: () => Awaitable<T>): Awaitable<T | Unavailable> {
  let answer: Awaitable<T>
  try {
    answer = ask()
  } catch (error) {
    return { unavailable: error }
  }
  return isThenable(answer) ? race(ms, answer) : answer
}

function race<T>(ms: number, answer: Promise<T>): Promise<T | Unavailable> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve({ unavailable: new Error(`No answer within ${ms} ms`) })
    }, ms)
    const settle = (given: T | Unavailable) => {
      clearTimeout(timer)
      resolve(given)
    }
    answer.then(settle, (error) => settle({ unavailable: error }))
  })
}
