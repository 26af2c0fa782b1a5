import type { SessionRequest } from '../../../server-reference/http/plain.js'
import { memoryStore, type SessionStore } from '../../../server-reference/index.js'

/** A request with the cookie of a session. */
export function requestOf(id: string | null, given?: Record<string, string>): SessionRequest {
  const headers = new Headers(given ?? (id === null ? {} : { cookie: `sid=${id}` }))
  return { method: 'GET', url: '/stream', headers }
}

/** A store whose looks are counted: the only thing that watching asks of it. */
export function counting(store: SessionStore): { store: SessionStore; looks: () => number } {
  let looks = 0
  return {
    looks: () => looks,
    store: {
      ...store,
      look(key) {
        looks++
        return store.look(key)
      },
    },
  }
}

/** A store of which other processes could end a session, and which can't tell of that. */
export const shared = (extra: Partial<SessionStore> = {}): SessionStore => ({
  ...memoryStore(),
  shared: true,
  ...extra,
})
