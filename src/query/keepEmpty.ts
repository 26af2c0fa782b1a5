import type { QueryClient } from '@tanstack/react-query'

/**
 * Empties the caches and keeps them empty. Otherwise an observer elsewhere in the app, or a request
 * under way, would fill them again. The returned function lets them fill.
 */
export function keepEmpty(client: QueryClient): () => void {
  const queries = client.getQueryCache()
  const mutations = client.getMutationCache()
  void client.cancelQueries()
  client.clear()
  const stopQueries = queries.subscribe((event) => {
    if (event.type === 'added') queries.remove(event.query)
  })
  const stopMutations = mutations.subscribe((event) => {
    if (event.type === 'added') mutations.remove(event.mutation)
  })
  return () => {
    stopQueries()
    stopMutations()
  }
}
