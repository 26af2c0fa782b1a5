/** The query parameter with the handle of the person who may use the way back. */
export const returnForParam = 'returnFor'

/**
 * Slashes at the start of a path, in every spelling that a browser, or an app that decodes once too
 * often, reads as a slash. `%25` is a percent sign that was encoded again. Tabs and line breaks are
 * included because browsers drop them before they look for a host.
 */
const leadingSlashes = /^(?:[/\\]|%(?:25)*(?:2f|5c|09|0a|0d))+/i

/**
 * `.` or `..` as a whole segment, encoded or not. Resolving it could put a second slash in front.
 */
const dotSegment = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i

/** Browsers drop or encode these, so no address that a browser gives contains them. */
const controlOrSpace = /[\p{Cc} ]/u

/**
 * The path and query of an address, safe to navigate to on this site. It has exactly one slash in
 * front, because `//elsewhere.example` would lead to another site, and no fragment. `null` if the
 * address has no such path.
 *
 * The page and the server's guard both use it for the way back, so that they can't disagree.
 */
export function safePath(address: string): string | null {
  const ofThisSite = address.replace(/^https?:\/\/[^/?#\\]*/i, '')
  const isWhole = ofThisSite !== address
  const [before = ''] = ofThisSite.split('#', 1)
  const queryAt = before.indexOf('?')
  const path = (queryAt < 0 ? before : before.slice(0, queryAt)).replaceAll('\\', '/')
  const query = queryAt < 0 ? '' : before.slice(queryAt)

  // Refuses `javascript:` and every other scheme.
  if (!path.startsWith('/') && !(isWhole && path === '')) return null
  const safe = `/${path.replace(leadingSlashes, '')}`
  if (controlOrSpace.test(before) || dotSegment.test(safe)) return null
  return `${safe}${query}`
}
