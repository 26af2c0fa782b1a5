import { randomBytes } from 'node:crypto'
import type { Server } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { cookieSession, createSessionSecurity } from '../index.js'
import { cases, type Example, type ExampleOptions, listening } from './example.js'

/** Hono, and with it any server of web-standard requests: Bun, Deno, workers. */
export async function start({
  port,
  store,
  policy,
  secret,
  allowShortWarning = false,
}: ExampleOptions): Promise<Example> {
  const users = new Map<string, string>()
  const resolve = cookieSession('sid')
  const security = createSessionSecurity({ store, policy, allowShortWarning, secret, resolve })
  const app = new Hono()

  app.all('/session-security', (context) => security.fetch(context.req.raw))

  app.post('/sign-in', async (context) => {
    const id = randomBytes(24).toString('base64url')
    await security.start({ id, subject: 'ada' }) // after the password was checked
    users.set(id, 'ada')
    setCookie(context, 'sid', id, { httpOnly: true, sameSite: 'Lax', path: '/' })
    return context.json({})
  })

  app.use('/cases', async (context, next) => {
    const { response, headers } = await security.guard(context.req.raw)
    if (response) return response
    await next()
    for (const [name, value] of Object.entries(headers)) context.header(name, value)
    return undefined
  })

  app.get('/cases', (context) => {
    const id = resolve(context.req.raw)
    const user = typeof id === 'string' ? users.get(id) : undefined
    return user ? context.json(cases) : context.json({}, 401)
  })

  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }) as Server
  return listening(server, security.close)
}
