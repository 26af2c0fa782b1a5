import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Redis } from 'ioredis'
import {
  cookieSession,
  createSessionSecurity,
  toNodeHandler,
} from '../../../server-reference/index.js'
import { redisStore } from '../../../server-reference/redis.js'

/** One process of an app: the endpoint, a sign-in, and the ids that its `onEnd` was told of. */
export function runProcess(redisPort: number, secret: string[]): Promise<number> {
  const ended: string[] = []
  const security = createSessionSecurity({
    store: redisStore(new Redis(redisPort, '127.0.0.1')),
    secret,
    policy: { warnAfter: 600_000, expireAfter: 900_000, absoluteTimeout: null },
    resolve: cookieSession('sid'),
    onEnd: ({ id }) => ended.push(id),
    onEvent: () => {},
  })
  const endpoint = toNodeHandler(security)
  const server = createServer(async (request, response) => {
    const [path, id = ''] = (request.url ?? '').split('?')
    if (path === '/session-security') return endpoint(request, response)
    if (path === '/start')
      response.end(JSON.stringify(await security.start({ id, subject: 'ada' })))
    else if (path === '/end-all') response.end(JSON.stringify(await security.endSubject('ada')))
    else response.end(JSON.stringify(ended))
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}
