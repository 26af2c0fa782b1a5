import express from 'express'
import session, { MemoryStore, type Store } from 'express-session'
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

declare module 'express-session' {
  interface SessionData {
    user: string
  }
}

/** Express 5 with express-session, whose store may be any. */
export async function start(
  options: ExampleOptions & { sessions?: Store; maxAge?: number },
): Promise<Example> {
  const { port, store, policy, secret, cookieSecret, secure, maxAge } = options
  const { allowShortWarning = false } = options
  const { sessions = new MemoryStore() } = options
  const name = secure ? '__Host-connect.sid' : 'connect.sid'
  const resolve = cookieSession(name, { signedWith: cookieSecret })
  const security = createSessionSecurity({
    store,
    policy,
    allowShortWarning,
    secret,
    resolve,
    onEnd: ({ id }) => destroySession(sessions, id),
  })
  const checkSignIn = createSignInCheck({ passwordIsRight })
  const guard = toNodeGuard(security, { loadedId: (request: express.Request) => request.sessionID })
  const app = express()
  if (secure) app.set('trust proxy', 'loopback')

  // Before session(), which counts each request with its cookie as a visit, even a ping.
  app.all('/session-security', toNodeHandler(security))

  app.use(
    session({
      name,
      secret: cookieSecret,
      store: sessions,
      resave: false,
      saveUninitialized: false,
      cookie: { httpOnly: true, sameSite: 'lax', secure, ...(maxAge !== undefined && { maxAge }) },
    }),
  )

  app.post('/sign-in', express.json(), async (request, response) => {
    const { ip: address = '', body } = request
    const verdict = await checkSignIn({ request: nodeRequest(request), address, body })
    if ('error' in verdict) {
      const { status, headers, error } = verdict
      return void response.status(status).set(headers).json({ error })
    }
    // Ends the session that this browser has had until now, in the same step.
    const before = resolve(nodeRequest(request))
    await new Promise<void>((done, failed) => {
      request.session.regenerate((error) => (error ? failed(error) : done()))
    })
    await security.start({
      id: request.sessionID,
      subject: verdict.username,
      replaces: typeof before === 'string' ? before : null,
    })
    request.session.user = verdict.username
    response.json({})
  })

  // On the route itself: however a path is written, the guard runs for whatever reaches the route.
  // Both have to agree: the guard, and the app's own session.
  app.get('/cases', guard, (request, response) => {
    if (!request.session.user) return void response.status(401).json({})
    response.json(cases)
  })

  // Not guarded, to show what express-session does alone.
  app.get('/unguarded', (request, response) => void response.json({ user: request.session.user }))

  return listening(app.listen(port, '127.0.0.1'), security.close)
}
