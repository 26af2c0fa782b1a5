import type { SessionRequest } from './plain.js'

export interface OriginOptions {
  /**
   * The app's own origins, such as `https://app.example.com`. Where none is given, the host of
   * `Origin` has to equal `Host`.
   * @default []
   */
  origins?: readonly string[]
  /**
   * Other origins whose pages may ask, with credentials. Their preflights are answered.
   * @default []
   */
  trustedOrigins?: readonly string[]
  /**
   * Believe `X-Forwarded-Host`. Only behind a proxy that overwrites it.
   * @default false
   */
  trustProxy?: boolean
  /**
   * Let clients ask that send neither `Origin` nor `Sec-Fetch-Site`, such as monitors and scripts.
   * @default false
   */
  allowNonBrowser?: boolean
}

/** `cors` is the origin that the answer has to name, where a trusted one asks. */
export type OriginVerdict = { pass: true; cors: string | null } | { pass: false }

const refused: OriginVerdict = { pass: false }
const own: OriginVerdict = { pass: true, cors: null }

/** Who may ask at all. GET too: 200 or 401 tells strangers who is signed in. */
export function createOriginRule(
  options: OriginOptions,
): (request: SessionRequest) => OriginVerdict {
  const { origins = [], trustedOrigins = [], trustProxy = false, allowNonBrowser = false } = options

  const isTrusted = (origin: string | null) => origin !== null && trustedOrigins.includes(origin)

  function isOwn(origin: string, request: SessionRequest): boolean {
    if (origins.length > 0) return origins.includes(origin)
    const host =
      (trustProxy && request.headers.get('x-forwarded-host')) || request.headers.get('host')
    return host !== null && hostOf(origin) === host.toLowerCase()
  }

  return (request) => {
    const site = request.headers.get('sec-fetch-site')
    const origin = request.headers.get('origin')
    // A doubled header arrives joined by a comma: no browser sends that.
    if (site?.includes(',') || origin?.includes(',')) return refused
    if (site === 'same-origin') return own
    if (isTrusted(origin)) return { pass: true, cors: origin }
    if (site !== null) return site === 'none' && request.method === 'GET' ? own : refused
    if (origin !== null) return isOwn(origin, request) ? own : refused
    return allowNonBrowser ? own : refused
  }
}

/** The scheme apart, because TLS often ends at a proxy. */
function hostOf(origin: string): string | null {
  return /^https?:\/\/([^/?#@]+)$/.exec(origin)?.[1]?.toLowerCase() ?? null
}
