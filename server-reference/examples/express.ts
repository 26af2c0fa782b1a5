import express from 'express'
import session, { MemoryStore, type Store } from 'express-session'
import { cookieSession, createSessionSecurity, toNodeGuard, toNodeHandler } from '../index.js'
import { cases, type Example, type ExampleOptions, listening } from './example.js'

declare module 'express-session' {
  interface SessionData {
    user: string
  }
}

/** Express 5 with express-session, whose store may be any. */
export async function start(
  options: ExampleOptions & { sessions?: Store; maxAge?: number },
): Promise<Example> {
  const {
    port,
    store,
    policy,
    allowShortWarning = false,
    secret,
    cookieSecret,
    maxAge,
    sessions = new MemoryStore(),
  } = options
  const security = createSessionSecurity({
    store,
    policy,
    allowShortWarning,
    secret,
    resolve: cookieSession('connect.sid', { signedWith: cookieSecret }),
    onEnd: ({ id }) => id !== undefined && sessions.destroy(id),
  })
  const app = express()

  // Before session(): that one takes each request with its cookie for a visit, a ping too.
  app.all('/session-security', toNodeHandler(security))

  app.use(
    session({
      secret: cookieSecret,
      store: sessions,
      resave: false,
      saveUninitialized: false,
      cookie: { httpOnly: true, sameSite: 'lax', ...(maxAge !== undefined && { maxAge }) },
    }),
  )

  app.post('/sign-in', express.json(), (request, response, next) => {
    request.session.regenerate(async (error) => {
      if (error) return next(error)
      try {
        await security.start({ id: request.sessionID, subject: 'ada' }) // after the password was checked
        request.session.user = 'ada'
        response.json({})
      } catch (failure) {
        next(failure)
      }
    })
  })

  // Both stores have to say yes: the guard, and the app's own session.
  app.get('/cases', toNodeGuard(security), (request, response) => {
    if (!request.session.user) return void response.status(401).json({})
    response.json(cases)
  })

  // Not guarded, to show what express-session does by itself.
  app.get('/unguarded', (request, response) => void response.json({ user: request.session.user }))

  return listening(app.listen(port, '127.0.0.1'), security.close)
}
