import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './api.js'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // A 401 does not go away by asking again.
      retry: (failures, error) =>
        !(error instanceof ApiError && error.status < 500) && failures < 3,
    },
  },
})

declare global {
  interface Window {
    __TANSTACK_QUERY_CLIENT__?: QueryClient
  }
}

// Where TanStack's devtools, and this demo's tests, look for the cache.
window.__TANSTACK_QUERY_CLIENT__ = queryClient
