import { decodeAnswer } from '../../protocol/decodeAnswer.js'
import { problemTypes } from '../../protocol/problemTypes.js'
import type { AskRequest, EndRequest, Transport } from '../../protocol/transport.js'
import type { ActiveVerdict, Verdict } from '../../protocol/verdict.js'
import type { WireRequest } from '../../protocol/wire.js'
import { problemOf, unknownAnswer } from './unknownAnswer.js'

export interface HttpTransportOptions {
  /** Address of the protocol's resource. */
  url: string
  /** Further headers, computed for each request: `() => ({ 'X-XSRF-TOKEN': … })`. */
  headers?: () => Record<string, string>
  /** @default 'same-origin' */
  credentials?: RequestCredentials
  /** @default the global `fetch`, looked up for each request */
  fetch?: typeof fetch
}

/** Speaks the session protocol (`docs/protocol.md`) over fetch. */
export function httpTransport(options: HttpTransportOptions): Transport {
  const { url, headers, credentials = 'same-origin' } = options

  function send(
    method: 'POST' | 'DELETE',
    body: WireRequest,
    init: RequestInit,
  ): Promise<Response> {
    const request = options.fetch ?? fetch
    return request(url, {
      ...init,
      method,
      body: JSON.stringify(body),
      headers: { ...headers?.(), 'Content-Type': 'application/json' },
      credentials,
      cache: 'no-store',
      // A redirect is no answer. Most likely it leads to a sign-in page.
      redirect: 'manual',
    })
  }

  /** `true` once a firewall or proxy has refused DELETE. */
  let signOutByPost = false

  function sendEnd({ session, signal }: EndRequest): Promise<Response> {
    const init = { signal, keepalive: true }
    const body = bodyOf({ session })
    return signOutByPost
      ? send('POST', { ...body, signOut: true }, init)
      : send('DELETE', body, init)
  }

  return {
    ask: async ({ session, idleFor, keepalive = false, signal }) => {
      const response = await send('POST', bodyOf({ session, idleFor }), { signal, keepalive })
      return verdictOf(response)
    },
    end: async (request) => {
      let response = await sendEnd(request)
      if (!signOutByPost && (await refusesMethod(response))) {
        signOutByPost = true
        response = await sendEnd(request)
      }
      return livingSession(response)
    },
  }
}

/** Did something other than the protocol, such as a firewall, refuse the method? The protocol's own problems have its types. */
async function refusesMethod(response: Response): Promise<boolean> {
  const { status } = response
  const refused = status >= 400 && status < 500 && status !== 401 && status !== 429
  if (!refused && status !== 501) return false
  const { type = '' } = await problemOf(response.clone())
  return !type.startsWith(problemTypes)
}

/** Nothing if the session is over. If nothing has ended, the session that the cookie belongs to. */
async function livingSession(response: Response): Promise<ActiveVerdict | undefined> {
  if (response.status === 204) return undefined
  const verdict = await verdictOf(response)
  if (verdict.state === 'active') return verdict
  if (verdict.state === 'ended') return undefined
  const why = verdict.refused === undefined ? '' : `: ${verdict.refused}`
  throw new Error(`The sign-out was answered with ${response.status}${why}`)
}

type Content = { [Key in 'session' | 'idleFor']?: AskRequest[Key] | undefined }

function bodyOf({ session, idleFor }: Content): WireRequest {
  return {
    v: 1,
    ...(session !== undefined && { session }),
    ...(idleFor !== undefined && { idleForMs: idleFor }),
  }
}

async function verdictOf(response: Response): Promise<Verdict> {
  if (response.status === 200 || response.status === 401) {
    return decodeAnswer(response.status, await response.json())
  }
  return unknownAnswer(response)
}
