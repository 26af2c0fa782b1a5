import { randomBytes } from 'node:crypto'
import { cookieSession, type SessionRequest } from 'react-session-security/server'

const plainName = 'sid'
/** Browsers accept a cookie with such a name over TLS only, for this host only, and for all its paths. */
const secureName = '__Host-sid'

/**
 * The demo itself serves plain http under any host name. If TLS ends at a proxy that it was told to
 * trust, its cookie is only sent over TLS.
 */
export function createSessionCookie({ trustProxy }: { trustProxy: boolean }) {
  const plain = cookieSession(plainName)
  const secure = cookieSession(secureName)

  const isSecure = ({ headers }: SessionRequest) =>
    trustProxy && headers.get('x-forwarded-proto')?.split(',', 1)[0]?.trim() === 'https'

  return {
    resolve: (request: SessionRequest) => (isSecure(request) ? secure : plain)(request),
    /** No Max-Age: the cookie ends with the browser. */
    set: (request: SessionRequest, id: string) =>
      isSecure(request) ? writeSecure(id) : writePlain(id),
    /** A browser may have both, if it came both ways. */
    clear: [writePlain(''), ...(trustProxy ? [writeSecure('')] : [])].map(
      (cookie) => `${cookie}; Max-Age=0`,
    ),
    newId: () => randomBytes(24).toString('base64url'),
  }
}

const writePlain = (value: string) => `${plainName}=${value}; Path=/; HttpOnly; SameSite=Lax`
const writeSecure = (value: string) =>
  `${secureName}=${value}; Path=/; HttpOnly; SameSite=Lax; Secure`

export type SessionCookie = ReturnType<typeof createSessionCookie>
