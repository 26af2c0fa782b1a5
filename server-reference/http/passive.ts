import type { PassiveRoute } from './httpOptions.js'
import type { SessionRequest } from './plain.js'

/**
 * Does this request never count as activity? Where it is hard to say, it does not: a request that
 * is wrongly left out ends a session early, one that is wrongly counted keeps it alive for nobody.
 */
export function isPassive(request: SessionRequest, routes: readonly PassiveRoute[]): boolean {
  const header = (name: string) => request.headers.get(name)
  // The page says so. A header that came twice is joined, and one of the two is enough.
  if (header('x-session-passive')?.includes('1')) return true
  // The browser loads ahead what nobody has asked for yet.
  if (['sec-purpose', 'purpose'].some((name) => header(name)?.includes('prefetch'))) return true
  // Another site's link or image is nobody's activity here.
  const site = header('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return true
  return isListed(request, routes)
}

/** The path of a request's address, as received: without the host that it may begin with. */
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
 * Routers decode a path, and some drop doubled slashes and dot segments: read in all those ways, a
 * listed route is found however it is written. `null` where it can't be decoded.
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

/** Express takes `/Poll/` for `/poll`; parameters behind a semicolon are no part of a route. */
const comparable = (path: string) =>
  (path.split(';', 1)[0] ?? path).toLowerCase().replace(/(?<=[^/])\/$/, '')
