import { randomBytes } from 'node:crypto'
import { cookieSession, createSessionSecurity } from 'react-session-security/server'
import { createSignInCheck } from './createSignInCheck.js'
import { cases, type ExampleOptions, passwordIsRight } from './example.js'

/**
 * Route handlers as in Next.js: functions from a web `Request` to a `Response`.
 * `sessionSecurity` is what `app/session-security/route.ts` would export, and so on. Each handler of
 * protected data asks the guard itself: a middleware that matches paths may read them differently.
 */
export function routeHandlers(options: Omit<ExampleOptions, 'port' | 'cookieSecret'>) {
  const { store, policy, secret, secure } = options
  const { allowShortWarning = false } = options
  const users = new Map<string, string>()
  const name = secure ? '__Host-sid' : 'sid'
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  const resolve = cookieSession(name)
  const security = createSessionSecurity({
    store,
    policy,
    allowShortWarning,
    secret,
    resolve,
    clearCookie: `${name}=; ${attributes}; Max-Age=0`,
    onEnd: ({ id }) => users.delete(id),
  })
  const checkSignIn = createSignInCheck({ passwordIsRight })

  const sessionSecurity = { GET: security.fetch, POST: security.fetch, DELETE: security.fetch }

  const signIn = {
    async POST(request: Request): Promise<Response> {
      // A handler does not know the address. The proxy in front writes it at the end of the list.
      const address = request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
      const body = await request.json().catch(() => null)
      const verdict = await checkSignIn({ request, address, body })
      if ('error' in verdict) {
        const { status, headers, error } = verdict
        return Response.json({ error }, { status, headers })
      }
      // Ends the session that this browser has had until now, in the same step.
      const replaces = sessionIdOf(request)
      const id = randomBytes(24).toString('base64url')
      await security.start({ id, subject: verdict.username, replaces })
      users.set(id, verdict.username)
      return Response.json({}, { headers: { 'Set-Cookie': `${name}=${id}; ${attributes}` } })
    },
  }

  const casesRoute = {
    async GET(request: Request): Promise<Response> {
      const loadedId = sessionIdOf(request)
      const { response, protect } = await security.guard(request, { loadedId })
      if (response) return response
      if (!users.has(loadedId ?? '')) return new Response(null, { status: 401 })
      return protect(Response.json(cases))
    },
  }

  function sessionIdOf(request: Request): string | null {
    const id = resolve(request)
    return typeof id === 'string' ? id : null
  }

  return { sessionSecurity, signIn, cases: casesRoute, close: security.close }
}
