import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Redis } from 'ioredis'
import pg from 'pg'
import {
  cookieSession,
  createSessionSecurity,
  nodeRequest,
  type SessionStore,
  toNodeHandler,
} from 'react-session-security/server'
import { postgresSchema, postgresStore } from 'react-session-security/server/postgres'
import { redisStore } from 'react-session-security/server/redis'
import { createClient } from 'redis'
import { createEventStream } from '../../../examples/streams/serverSentEvents.js'
import { serveWebSockets } from '../../../examples/streams/webSockets.js'

/** One process of an app that streams: each news is the time at which it was sent. */
const { STORE, STORE_URL = '', SECRET = '', EXPIRE_AFTER = '60000' } = process.env

let isSubscribed = false
const resolve = cookieSession('sid')
const security = createSessionSecurity({
  store: noting(await openStore()),
  secret: SECRET,
  resolve,
  policy: {
    warnAfter: Number(EXPIRE_AFTER) / 2,
    expireAfter: Number(EXPIRE_AFTER),
    absoluteTimeout: 3_600_000,
  },
  allowShortWarning: true,
})
const endpoint = toNodeHandler(security)
const events = createEventStream(security, (tell) => {
  tell('hello')
  const timer = setInterval(() => tell(String(Date.now())), 50)
  return () => clearInterval(timer)
})

const server = createServer(async (request, response) => {
  if (request.url === '/session-security') return endpoint(request, response)
  if (request.url === '/events') return events(request, response)
  if (request.url === '/subscribed') return response.end(String(isSubscribed))
  const fresh = randomBytes(16).toString('base64url')
  const current = resolve(nodeRequest(request))
  if (request.url === '/renew' && typeof current === 'string')
    await security.rotate({ from: current, to: fresh })
  else await security.start({ id: fresh, subject: 'ada' })
  response.writeHead(200, { 'Set-Cookie': `sid=${fresh}; HttpOnly` }).end()
})
serveWebSockets(server, security, {
  path: '/socket',
  serve(socket) {
    socket.send('hello')
    socket.on('message', (data) => socket.send(String(data)))
  },
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})

/** So that a test need not guess when the subscription is there. */
function noting(store: SessionStore): SessionStore {
  return {
    ...store,
    watchEnds: (listener) =>
      store.watchEnds?.({
        ...listener,
        connected() {
          isSubscribed = true
          listener.connected()
        },
      }) ?? (() => {}),
  }
}

async function openStore(): Promise<SessionStore> {
  const ignore = () => {}
  if (STORE === 'ioredis') return redisStore(new Redis(STORE_URL).on('error', ignore))
  if (STORE === 'redis')
    return redisStore(await createClient({ url: STORE_URL }).on('error', ignore).connect())
  const pool = new pg.Pool({ connectionString: STORE_URL }).on('error', ignore)
  await pool.query(postgresSchema())
  return postgresStore(pool)
}
