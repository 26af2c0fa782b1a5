import { type QueryClient, QueryObserver } from '@tanstack/react-query'

/**
 * Keeps the caches as they are: nothing is fetched, and nothing is thrown away because nobody looks
 * at it. Returns the way to go on, with everything fetched anew that is still looked at.
 */
export function keepStill(client: QueryClient): () => void {
  const queries = client.getQueryCache()
  const holds = queries.getAll().map(({ options, queryKey }) => {
    const observer = new QueryObserver(client, { ...options, queryKey, enabled: false })
    return observer.subscribe(() => {})
  })
  void client.cancelQueries()
  const stop = queries.subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'fetch') return
    // Told before the fetch can be cancelled.
    queueMicrotask(() => void event.query.cancel({ revert: true }))
  })
  return () => {
    stop()
    for (const letGo of holds) letGo()
    void client.invalidateQueries()
  }
}
