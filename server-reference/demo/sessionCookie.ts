import { randomBytes } from 'node:crypto'
import { cookieSession } from 'react-session-security/server'

const name = 'sid'

/** No Max-Age: the cookie ends with the browser. No Secure: the demo runs on plain http. */
const attributes = 'Path=/; HttpOnly; SameSite=Lax'

export const resolveSession = cookieSession(name)
export const clearSessionCookie = `${name}=; ${attributes}; Max-Age=0`

export function newSession(): { id: string; cookie: string } {
  const id = randomBytes(24).toString('base64url')
  return { id, cookie: `${name}=${id}; ${attributes}` }
}
