import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SessionSecurity } from '../index.js'
import { nodeRequest, sendAnswer } from '../node.js'
import { refuseMedia } from '../wireRequest.js'
import { cases } from './cases.js'
import { newSession, resolveSession } from './sessionCookie.js'
import { securityHeaders } from './staticFiles.js'

const passwords = new Map([
  ['ada', 'ada'],
  ['bob', 'bob'],
])

/** The app's own routes. `users` is its own session store: both it and `security` have to say yes. */
export function createApi(security: SessionSecurity, users: Map<string, string>, config: object) {
  function answer(
    request: IncomingMessage,
    response: ServerResponse,
    status: number,
    value: object,
    headers: Record<string, string> = {},
  ) {
    const all = {
      ...securityHeaders,
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      ...headers,
    }
    sendAnswer(request, response, { status, headers: all, body: JSON.stringify(value) })
  }

  function presented(request: IncomingMessage): string | null {
    const id = resolveSession(nodeRequest(request))
    return typeof id === 'string' ? id : null
  }

  async function signIn(request: IncomingMessage, response: ServerResponse) {
    // A form on another site can't send JSON, so it can't sign anybody in as somebody else.
    const media = refuseMedia(nodeRequest(request))
    if (media) return sendAnswer(request, response, media)
    const { username, password } = await credentials(request)
    if (username === undefined || password === undefined || passwords.get(username) !== password)
      return answer(request, response, 401, { error: 'Wrong username or password.' })
    const old = presented(request)
    const { id, cookie } = newSession()
    try {
      // Whoever was signed in here before is not any more.
      await security.start({ id, subject: username, replaces: old })
    } catch {
      return answer(request, response, 503, { error: 'Signing in is not possible right now.' })
    }
    users.set(id, username)
    answer(request, response, 200, { username }, { 'Set-Cookie': cookie })
  }

  return async (path: string, request: IncomingMessage, response: ServerResponse) => {
    const route = `${request.method} ${path}`
    if (route === 'POST /api/sign-in') return signIn(request, response)
    if (route === 'GET /api/config') return answer(request, response, 200, config)
    if (route !== 'GET /api/me' && route !== 'GET /api/cases')
      return answer(request, response, 404, { error: 'There is nothing here.' })

    const guarded = await security.plain.guard(nodeRequest(request))
    if (guarded.answer) return sendAnswer(request, response, guarded.answer)
    const username = users.get(presented(request) ?? '')
    if (username === undefined) return answer(request, response, 401, { error: 'Please sign in.' })
    const value =
      path === '/api/me'
        ? { username, subject: guarded.active?.subject }
        : { cases, servedAt: new Date().toISOString() }
    answer(request, response, 200, value, guarded.headers)
  }
}

async function credentials(
  request: IncomingMessage,
): Promise<{ username?: string; password?: string }> {
  const body = await nodeRequest(request).readBody(1_024, 2_000)
  if (typeof body === 'string' || !('text' in body)) return {}
  try {
    const { username, password } = Object(JSON.parse(body.text))
    return typeof username === 'string' && typeof password === 'string'
      ? { username, password }
      : {}
  } catch {
    return {}
  }
}
