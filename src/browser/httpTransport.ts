import { decodeAnswer } from '../core/decodeAnswer.js'
import type { AskRequest, Transport } from '../core/transport.js'
import type { Verdict } from '../core/verdict.js'
import type { WireRequest } from '../core/wire.js'
import { unknownAnswer } from './unknownAnswer.js'

export interface HttpTransportOptions {
  /** Address of the protocol's resource. */
  url: string
  /** Headers to send along, worked out for each request: `() => ({ 'X-XSRF-TOKEN': … })`. */
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
      // A redirect is no answer: most likely it leads to a sign-in page.
      redirect: 'manual',
    })
  }

  return {
    ask: async ({ session, idleFor, keepalive = false, signal }) => {
      const response = await send('POST', bodyOf({ session, idleFor }), { signal, keepalive })
      return verdictOf(response)
    },
    end: async ({ session, signal }) => {
      const response = await send('DELETE', bodyOf({ session }), { signal, keepalive: true })
      // 401: there is nothing left to end.
      if (!response.ok && response.status !== 401) {
        throw new Error(`The sign-out was answered with ${response.status}.`)
      }
    },
  }
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
