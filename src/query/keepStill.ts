import { type QueryClient, QueryObserver } from '@tanstack/react-query'

/**
 * Keeps the caches as they are: nothing is fetched, and no unused data is garbage-collected. The
 * returned function ends that and refetches what is in use.
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
    // The event comes before the fetch can be cancelled.
    queueMicrotask(() => void event.query.cancel({ revert: true }))
  })
  return () => {
    stop()
    for (const letGo of holds) letGo()
    void client.invalidateQueries()
  }
}
