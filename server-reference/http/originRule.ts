import type { SessionRequest } from './plain.js'
import { shown } from './problem.js'

export interface OriginOptions {
  /**
   * The app's own origins, such as `https://app.example.com`. If none is given, the host of
   * `Origin` must equal `Host`.
   * @default []
   */
  origins?: readonly string[]
  /**
   * Other origins whose pages may send requests with credentials, such as
   * `https://admin.example.com` or `capacitor://localhost`. Their preflights are answered.
   * @default []
   */
  trustedOrigins?: readonly string[]
  /**
   * Trust the first entry of `X-Forwarded-Host`, as Express does. Only behind a proxy that
   * overwrites it.
   * @default false
   */
  trustProxy?: boolean
  /**
   * Accept requests with neither `Origin` nor `Sec-Fetch-Site`, such as those of monitors and
   * scripts.
   * @default false
   */
  allowNonBrowser?: boolean
}

/** `cors` is the origin that the answer must name, if the request comes from a trusted one. */
export type OriginVerdict = { pass: true; cors: string | null } | { pass: false; detail: string }

const own: OriginVerdict = { pass: true, cors: null }
const refused = (detail: string): OriginVerdict => ({ pass: false, detail })

/**
 * Decides whose requests are answered, including GET: a 200 or 401 would tell other sites who is
 * signed in.
 */
export function createOriginRule(
  options: OriginOptions,
): (request: SessionRequest) => OriginVerdict {
  const { origins = [], trustedOrigins = [], trustProxy = false, allowNonBrowser = false } = options

  const isTrusted = (origin: string | null) => origin !== null && trustedOrigins.includes(origin)

  function byOrigin(origin: string, { headers }: SessionRequest): OriginVerdict {
    if (origins.length > 0)
      return origins.includes(origin)
        ? own
        : refused(`Origin ${shown(origin)} is not in the server's list of its own origins.`)
    const forwarded = trustProxy ? firstOf(headers.get('x-forwarded-host')) : ''
    const host = forwarded || headers.get('host')
    const name = forwarded ? 'X-Forwarded-Host' : 'Host'
    return host !== null && isSameHost(origin, host)
      ? own
      : refused(
          `Origin ${shown(origin)} does not match ${name} ${shown(host)}. Where a proxy renames the ` +
            'host, let it keep the name, or list the origin in `origins`.',
        )
  }

  return (request) => {
    const site = request.headers.get('sec-fetch-site')
    const origin = request.headers.get('origin')
    // A header that was sent twice arrives joined by a comma. No browser sends one.
    if (site?.includes(',')) return refused(`Sec-Fetch-Site came twice: ${shown(site)}.`)
    if (origin?.includes(',')) return refused(`Origin came twice: ${shown(origin)}.`)
    if (site === 'same-origin') return own
    if (isTrusted(origin)) return { pass: true, cors: origin }
    if (site === 'none')
      return request.method === 'GET'
        ? own
        : refused(
            'Sec-Fetch-Site is "none", which a browser sends only with a typed address (GET).',
          )
    if (site !== null)
      return refused(
        `Sec-Fetch-Site is ${shown(site)}, not "same-origin", and Origin ${shown(origin)} is not in ` +
          '`trustedOrigins`.',
      )
    if (origin !== null) return byOrigin(origin, request)
    return allowNonBrowser
      ? own
      : refused(
          'Neither Origin nor Sec-Fetch-Site was sent, as browsers do. Other clients need `allowNonBrowser`.',
        )
  }
}

/** The value of the first proxy, if there are several. */
const firstOf = (list: string | null) => list?.split(',', 1)[0]?.trim() ?? ''

const defaultPorts: Record<string, string> = { http: ':80', https: ':443' }

/**
 * Compares hosts without the scheme, because TLS often ends at a proxy. A default port may be
 * written or left out.
 */
function isSameHost(origin: string, host: string): boolean {
  const [, scheme, authority] = /^(https?):\/\/([^/?#@]+)$/.exec(origin.toLowerCase()) ?? []
  if (scheme === undefined || authority === undefined) return false
  const port = defaultPorts[scheme] ?? ''
  const bare = (text: string) => (text.endsWith(port) ? text.slice(0, -port.length) : text)
  return bare(authority) === bare(host.toLowerCase())
}
