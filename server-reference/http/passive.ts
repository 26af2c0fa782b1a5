import type { PassiveRoute } from './httpOptions.js'
import type { SessionRequest } from './plain.js'

/**
 * Is this request no activity? In doubt the answer is yes: a request that wrongly does not count
 * ends a session early, but one that wrongly counts keeps it alive although nobody is there.
 */
export function isPassive(request: SessionRequest, routes: readonly PassiveRoute[]): boolean {
  const header = (name: string) => request.headers.get(name)
  // The page says so. A header that was sent twice arrives joined, and one `1` is enough.
  if (header('x-session-passive')?.includes('1')) return true
  // The browser prefetches what the user has not asked for.
  if (['sec-purpose', 'purpose'].some((name) => header(name)?.includes('prefetch'))) return true
  // A link or an image on another site is no activity here.
  const site = header('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return true
  return isListed(request, routes)
}

/** The path of a request's address as received, without the host that it may begin with. */
const pathOf = (url: string) =>
  (/^https?:\/\/[^/?#]*(.*)$/i.exec(url)?.[1] ?? url).split(/[?#]/, 1)[0] ?? '/'

function isListed(request: SessionRequest, routes: readonly PassiveRoute[]): boolean {
  if (routes.length === 0) return false
  const path = pathOf(request.url)
  const read = asRoutersRead(path)
  if (read === null) return true
  const plain = comparable(read)
  return routes.some((route) => {
    if (typeof route === 'function') return route(request)
    if (typeof route === 'string') return comparable(route) === plain
    return path.search(route) >= 0 || read.search(route) >= 0
  })
}

/**
 * The path as routers read it: decoded, without doubled slashes and dot segments. So a listed
 * route is found however it is written. `null` if it cannot be decoded.
 */
function asRoutersRead(path: string): string | null {
  try {
    const decoded = decodeURIComponent(path).replaceAll('\\', '/')
    const kept: string[] = []
    for (const part of decoded.split('/')) {
      if (part === '..') kept.pop()
      else if (part !== '' && part !== '.') kept.push(part)
    }
    return `/${kept.join('/')}${decoded.endsWith('/') && kept.length > 0 ? '/' : ''}`
  } catch {
    return null
  }
}

/** For Express `/Poll/` is `/poll`. Parameters after a semicolon are not part of a route. */
const comparable = (path: string) =>
  (path.split(';', 1)[0] ?? path).toLowerCase().replace(/(?<=[^/])\/$/, '')
