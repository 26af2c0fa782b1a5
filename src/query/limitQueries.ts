import type { QueryCache } from '@tanstack/react-query'
import { sessionOver } from '../core/sessionOver.js'
import type { Limits } from './limits.js'

type Query = ReturnType<QueryCache['getAll']>[number]
type Options = Query['options']

/**
 * A cancelled query does not retry, but an infinite query that ignores its signal still fetches its
 * remaining pages. So each request is sent only if the session the fetch began in has not ended, and
 * none while the page is locked.
 *
 * @returns a function that watches new queries, and returns one that stops watching. Queries already
 * seen keep checking.
 */
export function limitQueries(cache: QueryCache, limits: Limits): () => () => void {
  const limited = new WeakSet<object>()

  function limit(query: Query): void {
    if (limited.has(query)) return
    limited.add(query)
    let begunIn = limits.round
    const mayFetch = () => limits.mode !== 'still' && limits.round === begunIn
    const within = (options: Options | undefined) => options && withLimit(options, mayFetch)
    const { fetch, setOptions } = query
    query.fetch = (...given) => {
      begunIn = limits.round
      return fetch.apply(query, given)
    }
    // Each fetch, and each render of a component, sets its options again.
    query.setOptions = (options) => setOptions.call(query, within(options))
    query.options = withLimit(query.options, mayFetch)
  }

  return () => {
    for (const query of cache.getAll()) limit(query)
    return cache.subscribe((event) => {
      if (event.type === 'added') limit(event.query)
    })
  }
}

function withLimit(options: Options, mayFetch: () => boolean): Options {
  const { queryFn } = options
  // `skipToken` is no function.
  if (typeof queryFn !== 'function') return options
  return {
    ...options,
    queryFn: (context) => (mayFetch() ? queryFn(context) : Promise.reject(sessionOver())),
  }
}
