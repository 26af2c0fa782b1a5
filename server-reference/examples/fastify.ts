import fastifyCookie from '@fastify/cookie'
import fastifySession from '@fastify/session'
import fastify from 'fastify'
import { cookieSession, createSessionSecurity, toNodeHandler } from '../index.js'
import { nodeRequest } from '../node.js'
import { cases, type Example, type ExampleOptions, listening } from './example.js'

declare module 'fastify' {
  interface Session {
    user?: string
  }
}

/** Fastify with @fastify/session, which rolls by default. */
export async function start(options: ExampleOptions): Promise<Example> {
  const { port, store, policy, secret, cookieSecret, allowShortWarning = false } = options
  const security = createSessionSecurity({
    store,
    policy,
    allowShortWarning,
    secret,
    resolve: cookieSession('sessionId', { signedWith: cookieSecret }),
  })
  const endpoint = toNodeHandler(security)
  const app = fastify()

  // Before the session plugin and Fastify's body parsers, on the bare Node request.
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.split('?', 1)[0] !== '/session-security') return
    reply.hijack()
    await endpoint(request.raw, reply.raw)
  })

  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/cases')) return
    const { answer, headers } = await security.plain.guard(nodeRequest(request.raw))
    reply.headers(answer ? answer.headers : headers)
    if (answer) return reply.code(answer.status).send(answer.body)
  })

  await app.register(fastifyCookie)
  await app.register(fastifySession, {
    secret: cookieSecret,
    rolling: false,
    saveUninitialized: false,
    cookie: { secure: false, httpOnly: true, sameSite: 'lax' }, // secure: true wherever there is TLS
  })

  app.post('/sign-in', async (request) => {
    await request.session.regenerate()
    await security.start({ id: request.session.sessionId, subject: 'ada' }) // after the password was checked
    request.session.user = 'ada'
    return {}
  })

  app.get('/cases', async (request, reply) =>
    request.session.user ? cases : reply.code(401).send({}),
  )

  await app.listen({ port, host: '127.0.0.1' })
  return listening(app.server, security.close)
}
