import fastifyCookie from '@fastify/cookie'
import fastifySession, { MemoryStore, type SessionStore } from '@fastify/session'
import fastify from 'fastify'
import {
  cookieSession,
  createSessionSecurity,
  destroySession,
  nodeRequest,
  toNodeGuard,
  toNodeHandler,
} from 'react-session-security/server'
import { createSignInCheck } from './createSignInCheck.js'
import { cases, type Example, type ExampleOptions, listening, passwordIsRight } from './example.js'

declare module 'fastify' {
  interface Session {
    user?: string
  }
}

/** Fastify with @fastify/session, which rolls by default. */
export async function start(
  options: ExampleOptions & { sessions?: SessionStore },
): Promise<Example> {
  const { port, store, policy, secret, cookieSecret, secure } = options
  const { allowShortWarning = false } = options
  const { sessions = new MemoryStore() } = options
  const cookieName = secure ? '__Host-sessionId' : 'sessionId'
  const resolve = cookieSession(cookieName, { signedWith: cookieSecret })
  const security = createSessionSecurity({
    store,
    policy,
    allowShortWarning,
    secret,
    resolve,
    onEnd: ({ id }) => destroySession(sessions, id),
  })
  const endpoint = toNodeHandler(security)
  const checkSignIn = createSignInCheck({ passwordIsRight })
  const app = fastify({ trustProxy: secure ? 'loopback' : false })

  // In a scope without the session plugin, and before Fastify's body parsers: on the raw request.
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => {
      reply.hijack()
      await endpoint(request.raw, reply.raw)
    })
    scope.all('/session-security', () => {})
  })

  await app.register(async (site) => {
    await site.register(fastifyCookie)
    await site.register(fastifySession, {
      secret: cookieSecret,
      cookieName,
      store: sessions,
      rolling: false,
      saveUninitialized: false,
      cookie: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
    })

    site.post('/sign-in', async (request, reply) => {
      const { ip: address, body } = request
      const verdict = await checkSignIn({ request: nodeRequest(request.raw), address, body })
      if ('error' in verdict) {
        const { status, headers, error } = verdict
        return reply.code(status).headers(headers).send({ error })
      }
      // Ends the session that this browser has had until now, in the same step.
      const before = resolve(nodeRequest(request.raw))
      await request.session.regenerate()
      await security.start({
        id: request.session.sessionId,
        subject: verdict.username,
        replaces: typeof before === 'string' ? before : null,
      })
      request.session.user = verdict.username
      return {}
    })

    // A scope, not a prefix: the hook runs for its routes, however the path is written.
    await site.register(async (guarded) => {
      guarded.addHook('onRequest', (request, reply, done) => {
        const guard = toNodeGuard(security, { loadedId: () => request.session.sessionId })
        guard(request.raw, reply.raw, done).catch(done)
      })
      guarded.get('/cases', async (request, reply) =>
        request.session.user ? cases : reply.code(401).send({}),
      )
    })
  })

  await app.listen({ port, host: '127.0.0.1' })
  return listening(app.server, security.close)
}
