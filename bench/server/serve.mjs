// One server of one kind in its own process, so that its CPU time can be measured.
import { createServer } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { RedisStore } from 'connect-redis'
import express from 'express'
import session from 'express-session'
import { createClient } from 'redis'

const [built, redisPort, kind] = process.argv.slice(2)
const { cookieSession, createSessionSecurity, memoryStore, toNodeHandler } = await import(
  join(built, 'index.js')
)
const { redisStore } = await import(join(built, 'redis.js'))
const sessions = 10_000
const body = (handle) => JSON.stringify({ v: 1, session: handle, idleForMs: 1234 })

/** The same client for both, so that only the stores differ. */
const redisClient = () =>
  createClient({ socket: { host: '127.0.0.1', port: Number(redisPort) } }).connect()

async function ours(kindOfStore) {
  const store = kindOfStore === 'redis' ? redisStore(await redisClient()) : memoryStore()
  const security = createSessionSecurity({
    store,
    secret: 'a secret for measuring, 32 bytes or more',
    policy: { warnAfter: 780_000, expireAfter: 900_000, absoluteTimeout: 28_800_000 },
    resolve: cookieSession('sid'),
    // On, as by default, but wide enough for one machine to act as ten thousand users.
    rateLimit: { burst: 1e6, perSecond: 1e6 },
  })
  const all = []
  for (let i = 0; i < sessions; i++) {
    const id = `session-id-number-${i}`
    const active = await security.start({ id, subject: `user ${i}` })
    all.push({ cookie: `sid=${id}`, body: body(active.session) })
  }
  return { security, requests: all }
}

async function expressSession(store) {
  const app = express()
  const options = {
    secret: 'a secret for measuring',
    resave: false,
    saveUninitialized: false,
    rolling: true,
  }
  app.use(session({ ...options, store, cookie: { maxAge: 900_000 } }))
  app.post('/start', (request, response) => {
    request.session.user = 'ada'
    response.json({})
  })
  app.post('/session-security', (_request, response) => {
    response.json({ ok: true })
  })
  return app
}

async function serve() {
  if (kind === 'bare' || kind === 'bare-redis') {
    const answer = JSON.stringify({ padding: 'x'.repeat(280) })
    const headers = { 'Content-Type': 'application/json', 'Content-Length': answer.length }
    const client = kind === 'bare-redis' ? await redisClient() : null
    const server = createServer((_request, response) => {
      const respond = () => response.writeHead(200, headers).end(answer)
      if (client) client.get('one of ten thousand sessions').then(respond)
      else respond()
    })
    return { server, requests: [{ cookie: 'sid=x', body: body('x'.repeat(22)) }] }
  }
  if (kind === 'memory' || kind === 'redis') {
    const { security, requests } = await ours(kind)
    return { server: createServer(toNodeHandler(security)), requests }
  }
  if (kind === 'fetch') {
    const { security, requests } = await ours('memory')
    return {
      server: createServer(getRequestListener((request) => security.fetch(request))),
      requests,
    }
  }
  const store =
    kind === 'express-redis' ? new RedisStore({ client: await redisClient() }) : undefined
  return { server: createServer(await expressSession(store)), requests: null }
}

const { server, requests } = await serve()
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address()

/** express-session makes its ids itself. */
async function signedInThere() {
  const cookies = []
  for (let i = 0; i < 1_000; i++) {
    const response = await fetch(`http://127.0.0.1:${port}/start`, { method: 'POST' })
    cookies.push(response.headers.getSetCookie()[0].split(';', 1)[0])
  }
  return cookies.map((cookie) => ({ cookie, body: body('x'.repeat(22)) }))
}

process.on('SIGINT', () => process.exit())
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send(user + system)
})
process.send({ port, requests: requests ?? (await signedInThere()) })
