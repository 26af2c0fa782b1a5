import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './api.js'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Retrying does not help against a 401.
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

// TanStack's devtools, and this demo's tests, find the cache here.
window.__TANSTACK_QUERY_CLIENT__ = queryClient
