/** The query parameter that says whose way back it is: the handle of the person. */
export const returnForParam = 'returnFor'

/**
 * Slashes at the start of a path, in every spelling that a browser, or an app that decodes once more
 * than it should, takes for one. `%25` is a percent sign that was encoded again. Tabs and line
 * breaks are among them because browsers drop those before they look for a host.
 */
const leadingSlashes = /^(?:[/\\]|%(?:25)*(?:2f|5c|09|0a|0d))+/i

/** `.` or `..` as a whole segment, encoded or not: resolved, they could bring a second slash ahead. */
const dotSegment = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i

/** Browsers drop some of these from an address and encode the others: no address has them by itself. */
const controlOrSpace = /[\p{Cc} ]/u

/**
 * The path and query of an address, safe to go to on this site: exactly one slash ahead, because
 * `//elsewhere.example` would lead away, and no fragment. `null` where the address has no such path.
 *
 * The page and the server's guard both build the way back with it, so that they can't disagree.
 */
export function safePath(address: string): string | null {
  const ofThisSite = address.replace(/^https?:\/\/[^/?#\\]*/i, '')
  const isWhole = ofThisSite !== address
  const [before = ''] = ofThisSite.split('#', 1)
  const queryAt = before.indexOf('?')
  const path = (queryAt < 0 ? before : before.slice(0, queryAt)).replaceAll('\\', '/')
  const query = queryAt < 0 ? '' : before.slice(queryAt)

  // `javascript:` and every other scheme end here.
  if (!path.startsWith('/') && !(isWhole && path === '')) return null
  const safe = `/${path.replace(leadingSlashes, '')}`
  if (controlOrSpace.test(before) || dotSegment.test(safe)) return null
  return `${safe}${query}`
}
