import { http } from 'msw'
import { setupServer } from 'msw/node'
import { onTestFinished } from 'vitest'
import { createSessionSecurity, memoryStore } from '../../../server-reference/index.js'

export interface BackEnd {
  /** The methods and bodies of the questions asked so far. */
  readonly asked: Asked[]
  /** Signs somebody in, as the app's sign-in form does: the browser has a new cookie. */
  signIn(subject: string): Promise<void>
  /** Ends the session as an administrator does. */
  revoke(): Promise<void>
  /** From now on nothing is answered but 503. */
  goDown(): void
  comeUp(): void
  /** Answers every question with 403 from now on, as behind a proxy that changes `Host`. */
  refuse(): void
  /** The app's own API answers this under `/api/cases`; 401 without a session. */
  cases: string[]
  /** How often `/api/cases` was asked. */
  polled(): number
}

export interface Asked {
  method: string
  v: 1
  session?: string
  idleForMs?: number
}

export const endpoint = '/session-security'

export const serverPolicy = { warnAfter: 40_000, expireAfter: 60_000, absoluteTimeout: 3_600_000 }

/** The server reference, with one browser's cookie; nobody is signed in until somebody is. */
export function startBackEnd(): BackEnd {
  let cookie: string | null = null
  let sessions = 0
  let down = false
  let refusing = false
  let polls = 0
  const asked: Asked[] = []
  const security = createSessionSecurity({
    store: memoryStore(),
    policy: serverPolicy,
    allowShortWarning: true,
    resolve: () => cookie,
    allowNonBrowser: true,
    rateLimit: false,
    sweepEvery: false,
  })

  const backEnd: BackEnd = {
    asked,
    cases: ['Case 1'],
    polled: () => polls,
    signIn: async (subject) => {
      sessions += 1
      cookie = `session-${sessions}`
      await security.start({ id: cookie, subject })
    },
    revoke: async () => {
      if (cookie !== null) await security.end({ id: cookie, reason: 'revoked' })
    },
    goDown: () => {
      down = true
    },
    comeUp: () => {
      down = false
      refusing = false
    },
    refuse: () => {
      refusing = true
    },
  }

  const server = setupServer(
    http.all(endpoint, async ({ request }) => {
      const body = (await request.clone().json()) as Omit<Asked, 'method'>
      asked.push({ ...body, method: request.method })
      if (refusing) return new Response(null, { status: 403 })
      return down ? new Response(null, { status: 503 }) : security.fetch(request)
    }),
    http.get('/api/cases', async ({ request }) => {
      polls += 1
      const { response } = await security.guard(request)
      return response ?? Response.json(backEnd.cases)
    }),
  )
  server.listen({ onUnhandledRequest: 'error' })
  onTestFinished(() => {
    server.close()
    security.close()
    localStorage.clear()
    sessionStorage.clear()
  })
  return backEnd
}
