import { createOriginRule, type SessionRequest } from 'react-session-security/server'
import { limitAttempts } from './limitAttempts.js'

interface SignInOptions {
  /** Your own check: a slow hash, which takes as long for an unknown name. */
  passwordIsRight: (username: string, password: string) => boolean | Promise<boolean>
  /** Trust `X-Forwarded-Host`; pass the same value to `createSessionSecurity`. */
  trustProxy?: boolean
}

interface Attempt {
  request: SessionRequest
  /** The client's address. Behind a proxy take it from the proxy's header, not from the socket. */
  address: string
  body: unknown
}

/** The user to sign in, or the answer to send instead. */
export type SignInVerdict =
  | { username: string }
  | { status: 401 | 403 | 429; headers: Record<string, string>; error: string }

/** The checks before a session starts, in any framework. */
export function createSignInCheck({ passwordIsRight, trustProxy = false }: SignInOptions) {
  // Scripts name no origin and have no user's cookies. Browsers always name one.
  const originRule = createOriginRule({ allowNonBrowser: true, trustProxy })
  const perUser = limitAttempts({ attempts: 10, refillEvery: 30_000 })
  // Many users may share an address.
  const perAddress = limitAttempts({ attempts: 50, refillEvery: 6_000 })

  return async ({ request, address, body }: Attempt): Promise<SignInVerdict> => {
    // Otherwise another site could sign a visitor in as its own user, and read what the visitor enters.
    if (!originRule(request).pass) return refusal(403, 'Sign in from the page of this site.')
    const { username, password } = Object(body)
    // Longer values would only fill the memory and keep the hash busy.
    if (!isText(username, 256) || !isText(password, 1_024)) return wrong
    const user = username.normalize('NFKC').toLowerCase()
    const wait = Math.max(perUser.secondsToWait(user), perAddress.secondsToWait(address))
    if (wait > 0)
      return refusal(429, `Too many attempts. Try again in ${wait} seconds.`, {
        'Retry-After': String(wait),
      })
    perUser.take(user)
    perAddress.take(address)
    if (!(await passwordIsRight(username, password))) return wrong
    perUser.giveBack(user)
    perAddress.giveBack(address)
    return { username }
  }
}

const isText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.length <= longest

function refusal(
  status: 401 | 403 | 429,
  error: string,
  headers: Record<string, string> = {},
): SignInVerdict {
  return { status, error, headers }
}

const wrong = refusal(401, 'Wrong username or password.')
