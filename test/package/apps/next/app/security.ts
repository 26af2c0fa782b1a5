import { cookieSession, createSessionSecurity, memoryStore } from 'react-session-security/server'

function create() {
  return createSessionSecurity({
    store: memoryStore(),
    policy: { warnAfter: 3_000, expireAfter: 60_000, absoluteTimeout: null },
    resolve: cookieSession('sid'),
  })
}

// Next.js bundles each route apart: without this each would have sessions of its own.
const shared = globalThis as { security?: ReturnType<typeof create> }
shared.security ??= create()
export const security = shared.security
