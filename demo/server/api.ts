import type { IncomingMessage, ServerResponse } from 'node:http'
import { nodeRequest, type SessionSecurity, sendAnswer } from 'react-session-security/server'
import { createSignInCheck } from '../../examples/createSignInCheck.js'
import { addressOf } from './addressOf.js'
import { cases } from './cases.js'
import { readJson } from './readJson.js'
import type { SessionCookie } from './sessionCookie.js'
import { securityHeaders } from './staticFiles.js'

const passwords = new Map([
  ['ada', 'ada'],
  ['bob', 'bob'],
])

interface ApiParts {
  security: SessionSecurity
  /** The app's own session store. Both it and `security` have to agree. */
  users: Map<string, string>
  cookie: SessionCookie
  trustProxy: boolean
  /** The settings that the page gets. */
  config: object
}

/** The app's own routes, found by their exact path. */
export function createApi({ security, users, cookie, trustProxy, config }: ApiParts) {
  const checkSignIn = createSignInCheck({
    passwordIsRight: (username, password) => passwords.get(username) === password,
    trustProxy,
  })

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
    const id = cookie.resolve(nodeRequest(request))
    return typeof id === 'string' ? id : null
  }

  async function signIn(request: IncomingMessage, response: ServerResponse) {
    // A form on another site cannot send JSON, not even from a browser that names no origin.
    if (!/^application\/json *(;|$)/i.test(request.headers['content-type'] ?? ''))
      return answer(request, response, 415, { error: 'Send the name and the password as JSON.' })
    const body = await readJson(request)
    const address = addressOf(request, trustProxy)
    const verdict = await checkSignIn({ request: nodeRequest(request), address, body })
    if ('error' in verdict)
      return answer(request, response, verdict.status, { error: verdict.error }, verdict.headers)
    const { username } = verdict
    const id = cookie.newId()
    const replaces = presented(request)
    try {
      // Ends the session of whoever was signed in in this browser.
      await security.start({ id, subject: username, replaces })
    } catch {
      return answer(request, response, 503, { error: 'Signing in is not possible right now.' })
    }
    users.set(id, username)
    const headers = { 'Set-Cookie': cookie.set(nodeRequest(request), id) }
    answer(request, response, 200, { username }, headers)
  }

  return async (path: string, request: IncomingMessage, response: ServerResponse) => {
    const route = `${request.method} ${path}`
    if (route === 'POST /api/sign-in') return signIn(request, response)
    if (route === 'GET /api/config') return answer(request, response, 200, config)
    if (route !== 'GET /api/me' && route !== 'GET /api/cases')
      return answer(request, response, 404, { error: 'There is nothing here.' })

    const loadedId = presented(request)
    const guarded = await security.plain.guard(nodeRequest(request), { loadedId })
    if (guarded.answer) return sendAnswer(request, response, guarded.answer)
    const username = users.get(loadedId ?? '')
    if (username === undefined) return answer(request, response, 401, { error: 'Please sign in.' })
    const value =
      path === '/api/me'
        ? { username, subject: guarded.active?.subject }
        : { cases, servedAt: new Date().toISOString() }
    answer(request, response, 200, value, guarded.headers)
  }
}
