import { randomBytes } from 'node:crypto'
import { cookieSession, createSessionSecurity } from '../index.js'
import { cases, type ExampleOptions } from './example.js'

/**
 * Route handlers as Next.js and its like have them: functions from a web `Request` to a `Response`.
 * `sessionSecurity` is what `app/session-security/route.ts` would export, and so on.
 */
export function routeHandlers({
  store,
  policy,
  allowShortWarning = false,
  secret,
}: Omit<ExampleOptions, 'port' | 'cookieSecret'>) {
  const users = new Map<string, string>()
  const resolve = cookieSession('sid')
  const security = createSessionSecurity({ store, policy, allowShortWarning, secret, resolve })

  const sessionSecurity = { GET: security.fetch, POST: security.fetch, DELETE: security.fetch }

  const signIn = {
    async POST(): Promise<Response> {
      const id = randomBytes(24).toString('base64url')
      await security.start({ id, subject: 'ada' }) // after the password was checked
      users.set(id, 'ada')
      const cookie = `sid=${id}; Path=/; HttpOnly; SameSite=Lax`
      return Response.json({}, { headers: { 'Set-Cookie': cookie } })
    },
  }

  const casesRoute = {
    async GET(request: Request): Promise<Response> {
      const { response, headers } = await security.guard(request)
      if (response) return response
      const id = resolve(request)
      if (typeof id !== 'string' || !users.has(id)) return new Response(null, { status: 401 })
      return Response.json(cases, { headers })
    },
  }

  return { sessionSecurity, signIn, cases: casesRoute, close: security.close }
}
