import type { IncomingMessage } from 'node:http'
import { nodeRequest } from 'react-session-security/server'

/** Where a request comes from. A proxy writes that at the end of the list; what is ahead is a claim. */
export function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? nodeRequest(request).headers.get('x-forwarded-for') : null
  return forwarded?.split(',').at(-1)?.trim() || (request.socket.remoteAddress ?? '')
}
