import type { QueryClient } from '@tanstack/react-query'

/** A failing list makes the session ask no more often than this (ms). */
const askEveryMs = 5_000

/** Calls back when a query or mutation fails with an error that may mean a lost session. */
export function watchErrors(
  client: QueryClient,
  isSessionError: (error: unknown) => boolean,
  ask: () => void,
): () => void {
  let askedAt = Number.NEGATIVE_INFINITY

  function onError(error: unknown): void {
    const now = performance.now()
    if (now - askedAt < askEveryMs || !isSessionError(error)) return
    askedAt = now
    ask()
  }

  const stopQueries = client.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') onError(event.action.error)
  })
  const stopMutations = client.getMutationCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') onError(event.action.error)
  })
  return () => {
    stopQueries()
    stopMutations()
  }
}
