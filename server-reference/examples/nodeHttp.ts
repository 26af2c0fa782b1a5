import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { cookieSession, createSessionSecurity, toNodeGuard, toNodeHandler } from '../index.js'
import { cases, type Example, type ExampleOptions, listening } from './example.js'

/** Plain `node:http`, with a cookie and a Map of its own as the app's session store. */
export async function start({
  port,
  store,
  policy,
  secret,
  allowShortWarning = false,
}: ExampleOptions): Promise<Example> {
  const users = new Map<string, string>()
  const resolve = cookieSession('sid')
  const security = createSessionSecurity({
    store,
    policy,
    allowShortWarning,
    secret,
    resolve,
    onEnd: ({ id }) => id !== undefined && users.delete(id),
  })
  const endpoint = toNodeHandler(security)
  const guard = toNodeGuard(security)

  const server = createServer((request, response) => {
    const send = (status: number, value: unknown) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
    const failed = () => send(503, { error: 'Try again later' })

    if (request.url === '/session-security') return endpoint(request, response)
    if (request.url === '/sign-in' && request.method === 'POST') return signIn().catch(failed)
    if (request.url === '/cases')
      return guard(request, response, () => (userOf(request) ? send(200, cases) : send(401, {})))
    return send(404, {})

    async function signIn() {
      const id = randomBytes(24).toString('base64url')
      await security.start({ id, subject: 'ada' }) // after the password was checked
      users.set(id, 'ada')
      response.setHeader('Set-Cookie', `sid=${id}; Path=/; HttpOnly; SameSite=Lax`)
      send(200, {})
    }
  })

  function userOf({ headers }: IncomingMessage): string | undefined {
    const id = resolve({ method: '', url: '', headers: { get: () => headers.cookie ?? null } })
    return typeof id === 'string' ? users.get(id) : undefined
  }

  return listening(server.listen(port, '127.0.0.1'), security.close)
}
