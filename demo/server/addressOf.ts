import type { IncomingMessage } from 'node:http'
import { nodeRequest } from 'react-session-security/server'

/** The client's address. The proxy writes it at the end of the list; clients can forge what is before it. */
export function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? nodeRequest(request).headers.get('x-forwarded-for') : null
  return forwarded?.split(',').at(-1)?.trim() || (request.socket.remoteAddress ?? '')
}
