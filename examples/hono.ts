import { randomBytes } from 'node:crypto'
import type { Server } from 'node:net'
import { serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { cookieSession, createSessionSecurity } from 'react-session-security/server'
import { createSignInCheck } from './createSignInCheck.js'
import { cases, type Example, type ExampleOptions, listening, passwordIsRight } from './example.js'

/** Hono, and any other server with web-standard requests: Bun, Deno, workers. */
export async function start(options: ExampleOptions): Promise<Example> {
  const { port, store, policy, secret, secure } = options
  const { allowShortWarning = false } = options
  const users = new Map<string, string>()
  const name = secure ? '__Host-sid' : 'sid'
  const resolve = cookieSession(name)
  const security = createSessionSecurity({
    store,
    policy,
    allowShortWarning,
    secret,
    resolve,
    onEnd: ({ id }) => users.delete(id),
  })
  const checkSignIn = createSignInCheck({ passwordIsRight })
  const app = new Hono()

  app.all('/session-security', (context) => security.fetch(context.req.raw))

  app.post('/sign-in', async (context) => {
    const request = context.req.raw
    const address = addressOf(context)
    const body = await context.req.json().catch(() => null)
    const verdict = await checkSignIn({ request, address, body })
    if ('error' in verdict)
      return context.json({ error: verdict.error }, verdict.status, verdict.headers)
    // Ends the session that this browser has had until now, in the same step.
    const before = resolve(request)
    const id = randomBytes(24).toString('base64url')
    await security.start({
      id,
      subject: verdict.username,
      replaces: typeof before === 'string' ? before : null,
    })
    users.set(id, verdict.username)
    setCookie(context, name, id, { httpOnly: true, sameSite: 'Lax', path: '/', secure })
    return context.json({})
  })

  const guard = createMiddleware(async (context, next) => {
    const loadedId = getCookie(context, name)
    const { response, protect } = await security.guard(context.req.raw, { loadedId })
    if (response) return response
    await next()
    context.res = protect(context.res)
    return undefined
  })

  // On the route itself: however a path is written, the guard runs for whatever reaches the route.
  app.get('/cases', guard, (context) => {
    const user = users.get(getCookie(context, name) ?? '')
    return user ? context.json(cases) : context.json({}, 401)
  })

  /** The proxy that ends TLS writes the address at the end of the list. */
  function addressOf(context: Context): string {
    const forwarded = secure ? context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : ''
    return forwarded || (getConnInfo(context).remote.address ?? '')
  }

  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }) as Server
  return listening(server, security.close)
}
