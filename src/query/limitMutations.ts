import type { MutationCache } from '@tanstack/react-query'
import { sessionOver } from '../core/sessionOver.js'
import type { Limits } from './limits.js'

type Mutation = ReturnType<MutationCache['getAll']>[number]
type Options = Mutation['options']

/**
 * TanStack Query cannot cancel a mutation. One that retries, or waits for the network or its scope,
 * would go on after the end, as the person who signs in next. So every mutation checks before each
 * attempt whether the session it began in has ended.
 *
 * A mutation that begins after the end may run, such as the sign-in form on the expired screen. It
 * may not if a component from before starts it, such as a loop that saves one item after another.
 *
 * @returns a function that watches new mutations, and returns one that stops watching. Mutations
 * already seen keep checking.
 */
export function limitMutations(cache: MutationCache, limits: Limits): () => () => void {
  const limited = new WeakSet<object>()
  const refused = new WeakSet<object>()
  const firstSeen = new WeakMap<object, number>()

  function limit(mutation: Mutation, isRunning: boolean): void {
    if (limited.has(mutation)) return
    limited.add(mutation)
    const { round } = limits
    const mayRun = () => limits.round === round && !refused.has(mutation)
    const within = (options: Options) => withLimit(options, mayRun, isRunning)
    // Each render of the component that began it sets its options again.
    const { setOptions } = mutation
    mutation.setOptions = (options) => setOptions.call(mutation, within(options))
    mutation.options = within(mutation.options)
  }

  return () => {
    for (const mutation of cache.getAll()) limit(mutation, mutation.state.status === 'pending')
    return cache.subscribe((event) => {
      if (event.type === 'added') limit(event.mutation, false)
      if (event.type !== 'observerAdded' && event.type !== 'observerOptionsUpdated') return
      const { observer } = event
      if (!firstSeen.has(observer)) firstSeen.set(observer, limits.round)
      const isFromBefore = firstSeen.get(observer) !== limits.round
      // The observer is added before its new mutation runs.
      if (event.type === 'observerAdded' && isFromBefore && limits.mode !== 'open') {
        refused.add(event.mutation)
      }
    })
  }
}

function withLimit(options: Options, mayRun: () => boolean, isRunning: boolean): Options {
  const { mutationFn, retry } = options
  return {
    ...options,
    retry: (failures, error) => mayRun() && wouldRetry(retry, failures, error),
    ...(mutationFn && {
      mutationFn: (...given) => {
        if (mayRun()) return mutationFn(...given)
        // A mutation that ran before it was seen here uses its own `retry`, and would fail for ever.
        return isRunning ? new Promise(() => {}) : Promise.reject(sessionOver())
      },
    }),
  }
}

function wouldRetry(retry: Options['retry'], failures: number, error: Error): boolean {
  if (typeof retry === 'function') return retry(failures, error)
  return retry === true || (typeof retry === 'number' && failures < retry)
}
