import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import {
  cookieSession,
  createSessionSecurity,
  nodeRequest,
  toNodeGuard,
  toNodeHandler,
} from 'react-session-security/server'
import { createSignInCheck } from './createSignInCheck.js'
import { cases, type Example, type ExampleOptions, listening, passwordIsRight } from './example.js'

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown

/** Plain `node:http`, with its own cookie and a Map as the app's session store. */
export async function start(options: ExampleOptions): Promise<Example> {
  const { port, store, policy, secret, secure } = options
  const { allowShortWarning = false } = options
  const users = new Map<string, string>()
  const name = secure ? '__Host-sid' : 'sid'
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  const resolve = cookieSession(name)
  const security = createSessionSecurity({
    store,
    policy,
    allowShortWarning,
    secret,
    resolve,
    clearCookie: `${name}=; ${attributes}; Max-Age=0`,
    onEnd: ({ id }) => users.delete(id),
  })
  const checkSignIn = createSignInCheck({ passwordIsRight })
  const guard = toNodeGuard(security, { loadedId: sessionIdOf })

  // Exact paths, and each route has its own guard.
  const routes = new Map<string, Handler>([
    ['POST /sign-in', signIn],
    ['GET /cases', (request, response) => guard(request, response, () => show(request, response))],
  ])
  const endpoint = toNodeHandler(security)

  const server = createServer(async (request, response) => {
    const [path] = (request.url ?? '/').split('?', 1)
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const handler = path === '/session-security' ? endpoint : routes.get(`${method} ${path}`)
    try {
      if (handler) await handler(request, response)
      else send(response, 404, {})
    } catch {
      send(response, 503, { error: 'Try again later.' })
    }
  })

  async function signIn(request: IncomingMessage, response: ServerResponse) {
    const body = await readJson(request)
    const address = addressOf(request)
    const verdict = await checkSignIn({ request: nodeRequest(request), address, body })
    if ('error' in verdict)
      return send(response, verdict.status, { error: verdict.error }, verdict.headers)
    // Ends the session that this browser has had until now, in the same step.
    const replaces = sessionIdOf(request)
    const id = randomBytes(24).toString('base64url')
    await security.start({ id, subject: verdict.username, replaces })
    users.set(id, verdict.username)
    send(response, 200, {}, { 'Set-Cookie': `${name}=${id}; ${attributes}` })
  }

  function show(request: IncomingMessage, response: ServerResponse) {
    if (users.has(sessionIdOf(request) ?? '')) send(response, 200, cases)
    else send(response, 401, {})
  }

  function sessionIdOf(request: IncomingMessage): string | null {
    const id = resolve(nodeRequest(request))
    return typeof id === 'string' ? id : null
  }

  /** The proxy that ends TLS writes the address at the end of the list. */
  function addressOf(request: IncomingMessage): string {
    const forwarded = secure ? nodeRequest(request).headers.get('x-forwarded-for') : null
    return forwarded?.split(',').at(-1)?.trim() || (request.socket.remoteAddress ?? '')
  }

  return listening(server.listen(port, '127.0.0.1'), security.close)
}

function send(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers })
  response.end(JSON.stringify(value))
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = await nodeRequest(request).readBody(1_024, 2_000)
  try {
    return typeof body === 'object' && 'text' in body ? JSON.parse(body.text) : null
  } catch {
    return null
  }
}
