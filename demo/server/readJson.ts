import type { IncomingMessage } from 'node:http'
import { nodeRequest } from 'react-session-security/server'

/** A small JSON body, or `null` if none arrives in time. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = await nodeRequest(request).readBody(1_024, 2_000)
  if (typeof body === 'string' || !('text' in body)) return null
  try {
    return JSON.parse(body.text)
  } catch {
    return null
  }
}
